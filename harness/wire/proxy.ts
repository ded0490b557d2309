/** A way through an HTTP proxy (CONNECT, RFC 9110 §9.3.6): a socket that the proxy has connected with somebody else. */
import { request as overHttp } from 'node:http'
import { request as overHttps } from 'node:https'
import type { Socket } from 'node:net'
import { patience } from './patience.ts'
import { unreachable } from './unreachable.ts'

/**
 * @param proxy Its address, with name and password where it wants them (RFC 7617).
 * @param address Of whom to connect with, as `host:port`.
 * @throws {CupelError} ERR_TARGET_UNREACHABLE when the proxy does not answer within `limitMs`, or refuses.
 */
export function openTunnel(proxy: URL, address: string, limitMs: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const { hostname, port, protocol } = proxy
    const request = (protocol === 'https:' ? overHttps : overHttp)({
      host: hostname.replace(/^\[|\]$/gu, ''),
      ...(port === '' ? {} : { port }),
      method: 'CONNECT',
      path: address,
      headers: { host: address, ...authorization(proxy) },
      agent: false,
    })
    const fail = (why: string, word: string, cause?: Error): void => {
      cancel()
      request.destroy()
      reject(unreachable({ address, layer: 'proxy', why, word }, cause))
    }
    const cancel = patience(limitMs, () => fail(`no answer within ${limitMs} ms`, 'no-answer'))
    request.on('error', (error: NodeJS.ErrnoException) =>
      fail(error.code ?? error.message, error.code ?? 'error', error),
    )
    // Any other answer than a tunnel.
    request.once('response', ({ statusCode = 0 }) =>
      fail(`it answered ${statusCode}`, `${statusCode}`),
    )
    request.once('connect', ({ statusCode = 0 }, socket: Socket, early: Buffer) => {
      if (statusCode < 200 || statusCode > 299) {
        socket.destroy()
        return fail(`it answered ${statusCode}`, `${statusCode}`)
      }
      cancel()
      // A server of HTTP/2 speaks first.
      if (early.length > 0) socket.unshift(early)
      resolve(socket)
    })
    request.end()
  })
}

function authorization({ username, password }: URL): Readonly<Record<string, string>> {
  if (username === '' && password === '') return {}
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  return { 'proxy-authorization': `Basic ${Buffer.from(pair).toString('base64')}` }
}
