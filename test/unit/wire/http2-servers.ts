/** Real HTTP/2 servers on loopback, and a wire to them. */
import { once } from 'node:events'
import {
  createServer,
  type Http2Server,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2'
import { connect } from 'node:net'
import type { Wire } from '../../../harness/model/target.ts'
import { open as openAny, running, tcpServer, type Opening, type Running } from './servers.ts'

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

export function open(origin: URL, opening: Opening = {}): Promise<Wire> {
  return openAny(origin, { ...opening, way: { ...opening.way, http: 2 } })
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
