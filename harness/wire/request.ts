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
export function requestBytes({ method, path, headers, body }: Message, host: string): Buffer {
  assertSendable(path, headers)
  let head = `${method} ${path} HTTP/1.1\r\nhost: ${host}\r\nconnection: keep-alive\r\n`
  for (const name in headers) head += `${name}: ${headers[name]}\r\n`
  const length = body.byteLength
  head += length === 0 && method === 'GET' ? '\r\n' : `content-length: ${length}\r\n\r\n`
  const bytes = Buffer.allocUnsafe(head.length + length)
  bytes.write(head, 'latin1')
  bytes.set(body, head.length)
  return bytes
}

/** @throws {TypeError} For what would be read as something else than it is. */
export function assertSendable(path: string, headers: Message['headers']): void {
  if (!PATH.test(path)) throw new TypeError('a path that no request line can hold')
  for (const name in headers) {
    if (!NAME.test(name) || !VALUE.test(headers[name] ?? ''))
      throw new TypeError(`the header ${JSON.stringify(name)} cannot be sent`)
  }
}
