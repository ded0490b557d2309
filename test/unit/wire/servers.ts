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
import type {
  Clock,
  Exchange,
  HttpWay,
  Message,
  RawAnswer,
  TlsOptions,
  Wire,
} from '../../../harness/model/target.ts'
import { openHttp } from '../../../harness/wire/http.ts'
import { openSenders, type Senders } from '../../../harness/wire/senders.ts'

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
  const sockets = new Set<Socket>()
  const server = createTcpServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    connected(socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return running(server, 'http', () => {
    for (const socket of sockets) socket.destroy()
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

let elsewhere = false
const threads = new Map<string, Senders>()
let opened = 0

/** From now on wires are those of sending threads. */
export function sendElsewhere(): void {
  elsewhere = true
}

export function isElsewhere(): boolean {
  return elsewhere
}

export async function closeThreads(): Promise<void> {
  await Promise.all([...threads.values()].map((each) => each.close()))
  threads.clear()
}

/** One for each clock and limits, since they take a moment to start. */
function threadFor(by: Clock, limits: typeof LIMITS): Senders {
  const name = JSON.stringify([by === clock ? '' : threads.size, limits])
  const known = threads.get(name)
  if (known !== undefined) return known
  const started = openSenders(1, { ...clock, ...by }, { limits })
  threads.set(name, started)
  return started
}

export interface Opening {
  readonly tls?: TlsOptions | null
  readonly way?: HttpWay
  readonly limits?: Partial<typeof LIMITS>
  /** Stamps it, and tells how long it has idled. */
  readonly by?: Clock
}

/** The wire under test: of this thread, or after `sendElsewhere` of another. */
export function open(origin: URL, opening: Opening = {}): Promise<Wire> {
  const { tls = null, way = {}, by = clock } = opening
  const limits = { ...LIMITS, ...opening.limits }
  if (!elsewhere) return openHttp(origin, tls, { clock: by, limits, connection: 7 }, way)
  return threadFor(by, limits).open(opened++, origin, tls, way)
}

export function openWire(origin: URL, limits: Partial<typeof LIMITS> = {}): Promise<Wire> {
  return open(origin, { limits })
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
