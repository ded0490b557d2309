/** A message as the bytes of an HTTP/1.1 request (RFC 9112 §3). */
import type { Message } from '../model/target.ts'

const NAME = /^[\w!#$%&'*+.^`|~-]+$/u
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/u
const PATH = /^\/[\x21-\x7e]*$/u

/**
 * Head and body in one piece, so that one write, and one stamp before it, is for all of it.
 *
 * @param host Of the `Host` field.
 * @throws {TypeError} For a message that nobody could send.
 */
export function requestBytes(message: Message, host: string): Buffer {
  const { method, body } = message
  const length = body.byteLength
  const end = length === 0 && method === 'GET' ? '\r\n' : `content-length: ${length}\r\n\r\n`
  const head = beginningOf(message, host) + end
  const bytes = Buffer.allocUnsafe(head.length + length)
  bytes.write(head, 'latin1')
  bytes.set(body, head.length)
  return bytes
}

interface Beginning extends Pick<Message, 'method' | 'path'> {
  readonly host: string
  readonly text: string
}

/** The last one for each set of fields, which many messages share. */
const known = new WeakMap<Message['headers'], Beginning>()

function beginningOf({ method, path, headers }: Message, host: string): string {
  const before = known.get(headers)
  if (before?.host === host && before.path === path && before.method === method) return before.text
  assertSendable(path, headers)
  let text = `${method} ${path} HTTP/1.1\r\nhost: ${host}\r\nconnection: keep-alive\r\n`
  for (const name in headers) text += `${name}: ${headers[name]}\r\n`
  known.set(headers, { method, path, host, text })
  return text
}

/** @throws {TypeError} For what would be read as something else than it is. */
export function assertSendable(path: string, headers: Message['headers']): void {
  if (!PATH.test(path)) throw new TypeError('a path that no request line can hold')
  for (const name in headers) {
    if (!NAME.test(name) || !VALUE.test(headers[name] ?? ''))
      throw new TypeError(`the header ${JSON.stringify(name)} cannot be sent`)
  }
}
