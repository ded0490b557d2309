/** Real servers on loopback for the tests of wires. */
import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { Http2Server } from 'node:http2'
import {
  createServer as createTcpServer,
  type AddressInfo,
  type Server as TcpServer,
  type Socket,
} from 'node:net'
import { machineClock } from '../../../harness/clock.ts'
import type { Exchange, Message, RawAnswer, Wire } from '../../../harness/model/target.ts'
import { openHttp1 } from '../../../harness/wire/http1.ts'

export const clock = machineClock()
export const LIMITS = { answerMs: 5000, answerBytes: 65_536 }
export const never = new AbortController().signal

export interface Running extends AsyncDisposable {
  readonly origin: URL
  readonly server: Server | TcpServer | Http2Server
}

/** An HTTP server that closes with the test's scope. */
export async function httpServer(listener: RequestListener): Promise<Running> {
  const server = createServer(listener)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return running(server, 'http', () => server.closeAllConnections())
}

/** A server of bare bytes. */
export async function tcpServer(connected: (socket: Socket) => void): Promise<Running> {
  const open = new Set<Socket>()
  const server = createTcpServer((socket) => {
    open.add(socket)
    socket.on('error', () => {})
    connected(socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return running(server, 'http', () => {
    for (const socket of open) socket.destroy()
  })
}

export function running(
  server: Server | TcpServer | Http2Server,
  scheme: string,
  closeAll: () => void,
): Running {
  const { port } = server.address() as AddressInfo
  return {
    server,
    origin: new URL(`${scheme}://127.0.0.1:${port}`),
    async [Symbol.asyncDispose]() {
      closeAll()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

export function openWire(origin: URL, limits: Partial<typeof LIMITS> = {}): Promise<Wire> {
  return openHttp1(origin, null, { clock, limits: { ...LIMITS, ...limits }, connection: 7 })
}

export function post(body: string, heldBytes = 0): Message {
  return {
    method: 'POST',
    path: '/token',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: Buffer.from(body),
    heldBytes,
  }
}

export function replyOf({ raw }: Exchange): Extract<RawAnswer, { status: number }> {
  if ('cause' in raw) throw new Error(`no reply but ${raw.cause}`)
  return raw
}

export function causeOf({ raw }: Exchange): string {
  return 'cause' in raw ? raw.cause : `reply ${raw.status}`
}
