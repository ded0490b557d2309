/**
 * Reads the answer to one request from the bytes of an HTTP/1.1 connection (RFC 9112), strictly: what two readers could
 * understand in two ways is no answer. Of what is allowed nothing is decoded but the framing, so that nothing expands.
 */
import type { NoAnswer } from '../model/history.ts'
import { framingOf, headerLine, knownHead, rememberHead, statusLine, type Head } from './head.ts'
import { Lines } from './lines.ts'

/** Why there is no answer, with a stable word for it. */
export interface Broken {
  readonly cause: Extract<NoAnswer, 'reset' | 'too-large'>
  readonly detail: string
}

type Expecting = 'status' | 'field' | 'body' | 'size' | 'chunk' | 'chunk-end' | 'trailer' | 'rest'

const CHUNK_SIZE = /^([0-9a-f]{1,12})(?:;.*)?$/iu

const END_OF_HEAD = '\r\n\r\n'

/** More fields than any server sends, and few enough to read in no time. */
const MOST_FIELDS = 1_000

export class ResponseReader {
  /** When the first byte of the response that is being read (or was) came; of an interim one (1xx) until the next begins. */
  startedUs: number | null = null
  /** Whether a byte of any response came. */
  heard = false
  /** Set once the final response is here. */
  head: Head | null = null
  complete = false
  broken: Broken | null = null
  /** Whether more came than the answer. */
  surplus = false
  readonly #limitBytes: number
  readonly #lines = new Lines()
  readonly #body: Buffer[] = []
  #expecting: Expecting = 'status'
  #draft: Head | null = null
  /** All of the head that is being read, where it came in one piece. */
  #whole: string | null = null
  #fields = 0
  #headerBytes = 0
  #bodyBytes = 0
  #left = 0

  /** @param limitBytes Of the body, and again of everything else. */
  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes
  }

  body(): Buffer {
    const [first, ...more] = this.#body
    if (first === undefined) return Buffer.alloc(0)
    return more.length === 0 ? first : Buffer.concat(this.#body)
  }

  push(chunk: Buffer, atUs: number): void {
    this.heard ||= chunk.length > 0
    let at = 0
    while (at < chunk.length && !this.complete && this.broken === null) {
      this.startedUs ??= atUs
      at = this.#take(chunk, at)
    }
    if (this.complete && at < chunk.length) this.surplus = true
  }

  /** The other side sends no more. */
  end(): void {
    if (this.complete || this.broken !== null) return
    if (this.#expecting === 'rest') this.#finish()
    else this.#break('reset', this.heard ? 'cut-short' : 'closed')
  }

  /** Takes what belongs to what is expected; returns where the rest begins. */
  #take(chunk: Buffer, at: number): number {
    switch (this.#expecting) {
      case 'body':
      case 'chunk':
      case 'rest':
        return this.#takeBytes(chunk, at)
      case 'status':
      case 'field':
      case 'size':
      case 'chunk-end':
      case 'trailer':
        return this.#takeText(chunk, at)
    }
  }

  #takeText(chunk: Buffer, at: number): number {
    if (this.#expecting === 'status') {
      this.#whole = null
      const end = this.#lines.waiting === 0 ? this.#takeHead(chunk, at) : null
      if (end !== null) return end
    }
    return this.#takeNextLine(chunk, at)
  }

  /** A whole head that was read before, or null: then it is read line by line, and perhaps remembered. */
  #takeHead(chunk: Buffer, at: number): number | null {
    const end = chunk.indexOf(END_OF_HEAD, at)
    if (end < 0 || end - at > this.#limitBytes - this.#headerBytes) return null
    const text = chunk.toString('latin1', at, end)
    const head = knownHead(text)
    this.#whole = head === undefined ? text : null
    if (head === undefined) return null
    this.#headerBytes += text.length + END_OF_HEAD.length
    this.#draft = head
    this.#headed()
    return end + END_OF_HEAD.length
  }

  #takeNextLine(chunk: Buffer, at: number): number {
    const room = this.#limitBytes - this.#headerBytes
    const { line, end } = this.#lines.take(chunk, at)
    if (line === null) {
      if (this.#lines.waiting > room) this.#break('too-large', 'header')
      return end
    }
    this.#headerBytes += line.length + 1
    if (line.length + 1 > room) this.#break('too-large', 'header')
    else if (!line.endsWith('\r')) this.#break('reset', 'bare-line-feed')
    else this.#takeLine(line.slice(0, -1))
    return end
  }

  #takeBytes(chunk: Buffer, at: number): number {
    const here = chunk.length - at
    const taken = this.#expecting === 'rest' ? here : Math.min(here, this.#left)
    this.#bodyBytes += taken
    if (this.#bodyBytes > this.#limitBytes) {
      this.#break('too-large', 'body')
      return chunk.length
    }
    this.#body.push(chunk.subarray(at, at + taken))
    if (this.#expecting === 'rest') return chunk.length
    this.#left -= taken
    if (this.#left === 0) {
      if (this.#expecting === 'chunk') this.#expecting = 'chunk-end'
      else this.#finish()
    }
    return at + taken
  }

  #takeLine(line: string): void {
    switch (this.#expecting) {
      case 'status':
        this.#draft = statusLine(line)
        if (this.#draft === null) this.#break('reset', 'status-line')
        else this.#expecting = 'field'
        return
      case 'field':
        if (line === '') this.#headed()
        else this.#field(line, this.#draft)
        return
      case 'size':
        return this.#sized(CHUNK_SIZE.exec(line)?.[1])
      case 'chunk-end':
        if (line === '') this.#expecting = 'size'
        else this.#break('reset', 'chunk-end')
        return
      case 'trailer':
        // Read to its end and left unread: what a trailer says is nothing that an answer is judged by.
        if (line === '') this.#finish()
        else this.#field(line, null)
        return
      case 'body':
      case 'chunk':
      case 'rest':
        throw new TypeError('no line is expected')
    }
  }

  #field(line: string, into: Head | null): void {
    this.#fields += 1
    const field = headerLine(line)
    if (field === null) return this.#break('reset', 'header-field')
    if (this.#fields > MOST_FIELDS) return this.#break('too-large', 'header')
    if (into === null) return
    const { name, value } = field
    const before = into.headers[name]
    // RFC 9110 §5.3.
    into.headers[name] = before === undefined ? value : `${before}, ${value}`
  }

  #headed(): void {
    const head = this.#draft
    if (head === null) return
    if (head.status < 200 && head.status !== 101) {
      this.#expecting = 'status'
      this.startedUs = null
      return
    }
    const framing = framingOf(head)
    if (typeof framing === 'string') return this.#break('reset', framing)
    this.head = head
    if (this.#whole !== null) rememberHead(this.#whole, head)
    switch (framing.kind) {
      case 'none':
        return this.#finish()
      case 'length':
        if (framing.bytes > this.#limitBytes) return this.#break('too-large', 'body')
        this.#left = framing.bytes
        this.#expecting = 'body'
        return framing.bytes === 0 ? this.#finish() : undefined
      case 'chunked':
        this.#expecting = 'size'
        return
      case 'until-close':
        this.#expecting = 'rest'
    }
  }

  #sized(size: string | undefined): void {
    if (size === undefined) return this.#break('reset', 'chunk-size')
    this.#left = Number.parseInt(size, 16)
    if (this.#bodyBytes + this.#left > this.#limitBytes) return this.#break('too-large', 'body')
    this.#expecting = this.#left === 0 ? 'trailer' : 'chunk'
  }

  #finish(): void {
    this.complete = true
  }

  #break(cause: Broken['cause'], detail: string): void {
    this.broken ??= { cause, detail }
  }
}
