/** Real HTTP/2 servers on loopback, and a wire to them. */
import { once } from 'node:events'
import {
  createServer,
  type Http2Server,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2'
import { connect } from 'node:net'
import type { HttpWay, TlsOptions, Wire } from '../../../harness/model/target.ts'
import { openHttp2 } from '../../../harness/wire/http2.ts'
import { clock, LIMITS, running, tcpServer, type Running } from './servers.ts'

export type Serve = (stream: ServerHttp2Stream, headers: Readonly<Record<string, unknown>>) => void

/** A server without TLS, which is asked by prior knowledge. */
export async function http2Server(serve: Serve, session?: (one: ServerHttp2Session) => void) {
  const server = createServer({ settings: { maxConcurrentStreams: 40 } })
  return listening(server, 'http', serve, session)
}

export async function listening(
  server: Http2Server,
  scheme: string,
  serve: Serve,
  session: (one: ServerHttp2Session) => void = () => {},
): Promise<Running> {
  const sessions = new Set<ServerHttp2Session>()
  server.on('session', (one) => {
    sessions.add(one)
    one.on('error', () => {})
    session(one)
  })
  server.on('stream', (stream, headers) => {
    stream.on('error', () => {})
    serve(stream, headers)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return running(server, scheme, () => {
    for (const one of sessions) one.destroy()
  })
}

export const echo: Serve = (stream) => {
  let body = ''
  stream.on('data', (chunk) => (body += String(chunk)))
  stream.on('end', () => {
    stream.respond({ ':status': 200, 'x-two': ['a', 'b'] })
    stream.end(body)
  })
}

interface Opened {
  readonly limits?: Partial<typeof LIMITS>
  readonly tls?: TlsOptions | null
  readonly way?: HttpWay
}

export function open(origin: URL, { limits, tls = null, way }: Opened = {}): Promise<Wire> {
  return openHttp2(origin, tls, { clock, limits: { ...LIMITS, ...limits }, connection: 7 }, way)
}

/** A way through to a server that says how many bytes came at a time. */
export async function tap(origin: URL, seen: (bytes: number) => void): Promise<Running> {
  const server = await tcpServer((socket) => {
    const on = connect({ host: origin.hostname, port: Number(origin.port) })
    on.on('error', () => {})
    socket.on('data', (chunk) => {
      seen(chunk.length)
      on.write(chunk)
    })
    on.pipe(socket)
    socket.on('close', () => on.destroy())
  })
  return server
}
