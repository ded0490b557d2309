/** Messages and answers as they cross from one thread to another: as text, with headers that come again told as the same. */
import type { Exchange, Message, RawAnswer } from '../model/target.ts'

export interface MessageOnPaper extends Pick<Message, 'method' | 'path' | 'host' | 'heldBytes'> {
  readonly headers: string
  /** Each character an octet. */
  readonly body: string
}

export interface ExchangeOnPaper extends Omit<Exchange, 'raw'> {
  readonly raw:
    | Extract<RawAnswer, { cause: unknown }>
    | { readonly status: number; readonly headers: string; readonly body: string }
}

type Headers = Message['headers']

/** Far more kinds than a target has. A target that answers each request with other headers makes them new each time. */
const MOST_KINDS = 256

/** Headers as text and back, so that equal ones are one object, as what is remembered of them needs. */
export class HeaderBook {
  /** Headers are looked up by who they are, and not looked through. */
  readonly #texts = new WeakMap<Headers, string>()
  readonly #known = new Map<string, Headers>()

  textOf(headers: Headers): string {
    const known = this.#texts.get(headers)
    if (known !== undefined) return known
    const text = JSON.stringify(headers)
    this.#texts.set(headers, text)
    return text
  }

  read(text: string): Headers {
    const known = this.#known.get(text)
    if (known !== undefined) return known
    const headers: Headers = JSON.parse(text)
    if (this.#known.size >= MOST_KINDS) this.#known.clear()
    this.#known.set(text, headers)
    return headers
  }
}

export function written(message: Message, book: HeaderBook): MessageOnPaper {
  return { ...message, headers: book.textOf(message.headers), body: textOf(message.body) }
}

export function readMessage(message: MessageOnPaper, book: HeaderBook): Message {
  return { ...message, headers: book.read(message.headers), body: octetsOf(message.body) }
}

export function writtenExchange(exchange: Exchange, book: HeaderBook): ExchangeOnPaper {
  const { raw } = exchange
  if ('cause' in raw) return { ...exchange, raw }
  const { status, headers, body } = raw
  return { ...exchange, raw: { status, headers: book.textOf(headers), body: textOf(body) } }
}

export function readExchange(exchange: ExchangeOnPaper, book: HeaderBook): Exchange {
  const { raw } = exchange
  if ('cause' in raw) return { ...exchange, raw }
  const { status, headers, body } = raw
  return { ...exchange, raw: { status, headers: book.read(headers), body: octetsOf(body) } }
}

function textOf({ buffer, byteOffset, byteLength }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString('latin1')
}

function octetsOf(text: string): Buffer {
  return Buffer.from(text, 'latin1')
}
