/** Through a proxy: the target sees an ordinary connection, and whatever the proxy does wrong is said to be its own. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import { createServer as createHttps } from 'node:https'
import { connect } from 'node:net'
import { describe, expect, test } from 'vitest'
import { certificate } from './certificates.ts'
import {
  causeOf,
  httpServer,
  never,
  open as openAny,
  post,
  running,
  tcpServer,
  type Running,
} from './servers.ts'

interface Proxied {
  readonly asked: string[]
  readonly passwords: (string | undefined)[]
  readonly proxy: Running
}

async function proxyServer(): Promise<Proxied> {
  const seen = { asked: [] as string[], passwords: [] as (string | undefined)[] }
  const server = createServer((_request, response) => response.writeHead(405).end())
  server.on('connect', (request, socket) => {
    seen.asked.push(request.url ?? '')
    seen.passwords.push(request.headers['proxy-authorization'])
    socket.on('error', () => {})
    const [host, port] = (request.url ?? '').split(':')
    const on = connect({ host: host ?? '', port: Number(port) })
    on.on('error', () => socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n'))
    on.on('connect', () => {
      socket.write('HTTP/1.1 200 Established\r\n\r\n')
      socket.pipe(on).pipe(socket)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { ...seen, proxy: running(server, 'http', () => server.closeAllConnections()) }
}

const open = (origin: URL, proxy: URL, ca?: string) =>
  openAny(origin, {
    tls: ca === undefined ? null : { verify: true, ca },
    limits: { answerMs: 500 },
    way: { proxy },
  })

describe('a way through a proxy', () => {
  test('leads to the target, with the name and password of the file', async () => {
    await using server = await httpServer((request, response) => {
      request.resume().on('end', () => response.end(request.headers.host))
    })
    const { proxy, asked, passwords } = await proxyServer()
    await using _ = proxy
    const wire = await open(server.origin, new URL(`http://me:p%40ss@${proxy.origin.host}`))
    expect(causeOf(await wire.send(post('a'), never))).toBe('reply 200')
    expect(asked).toEqual([server.origin.host])
    expect(passwords).toEqual([`Basic ${Buffer.from('me:p@ss').toString('base64')}`])
    await wire.close()
  })

  test('ends at a target whose certificate is verified as without one', async () => {
    const pem = certificate()
    const https = createHttps(pem, (request, response) => {
      request.resume().on('end', () => response.end('ok'))
    })
    https.listen(0, '127.0.0.1')
    await once(https, 'listening')
    await using server = running(https, 'https', () => https.closeAllConnections())
    const { proxy } = await proxyServer()
    await using _ = proxy
    const wire = await open(server.origin, proxy.origin, pem.cert)
    expect(causeOf(await wire.send(post('a'), never))).toBe('reply 200')
    await wire.close()
    await expect(open(server.origin, proxy.origin)).rejects.toMatchObject({
      message: expect.stringContaining('DEPTH_ZERO_SELF_SIGNED_CERT'),
    })
  })

  test('carries HTTP/2 as well', async () => {
    const { createServer: createHttp2 } = await import('node:http2')
    const http2 = createHttp2()
    http2.on('stream', (stream) => {
      stream.respond({ ':status': 200 })
      stream.end()
    })
    http2.listen(0, '127.0.0.1')
    await once(http2, 'listening')
    await using server = running(http2, 'http', () => {})
    const { proxy } = await proxyServer()
    await using _ = proxy
    const wire = await openAny(server.origin, { way: { http: 2, proxy: proxy.origin } })
    expect(causeOf(await wire.send(post('a'), never))).toBe('reply 200')
    await wire.close()
  })

  test.each([
    ['refuses', (): string => 'HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n', /403/u],
    ['cannot connect', (): string => 'HTTP/1.1 502 Bad Gateway\r\n\r\n', /502/u],
    ['says nothing', (): string => '', /no answer within 500 ms/u],
    ['speaks something else', (): string => 'SSH-2.0-x\r\n', /HPE/u],
  ])('that %s is an error that names the proxy', async (_name, says, why) => {
    await using proxy = await tcpServer((socket) => socket.on('data', () => socket.write(says())))
    await expect(open(new URL('http://127.0.0.1:1'), proxy.origin)).rejects.toMatchObject({
      code: 'ERR_TARGET_UNREACHABLE',
      message: expect.stringMatching(why),
      detail: expect.stringMatching(/^proxy:/u),
      hint: expect.stringContaining('proxy'),
    })
  })

  test('is none where nobody answers at the proxy', async () => {
    const gone = await tcpServer(() => {})
    await gone[Symbol.asyncDispose]()
    await expect(open(new URL('http://127.0.0.1:1'), gone.origin)).rejects.toMatchObject({
      detail: 'proxy:ECONNREFUSED',
    })
  })
})
