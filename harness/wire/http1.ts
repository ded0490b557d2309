/** One HTTP/1.1 connection: no pipelining, retry or redirect; stamps as in the oracle's section on time. */
import type { Socket } from 'node:net'
import type { NoAnswer } from '../model/history.ts'
import type {
  Exchange,
  Held,
  HttpWay,
  Message,
  RawAnswer,
  TlsOptions,
  Wire,
} from '../model/target.ts'
import { connectTo } from './connect.ts'
import { persists } from './head.ts'
import { idleLimitUs, IDLE_US } from './idle.ts'
import type { Lent } from './limits.ts'
import { renewable, type Patience } from './patience.ts'
import { requestBytes } from './request.ts'
import { ResponseReader } from './response.ts'

/**
 * Connects, and gives the wire.
 *
 * @param tls Null verifies an https peer against the authorities that Node knows.
 * @throws {CupelError} ERR_TARGET_UNREACHABLE when there is nobody to connect to, or TLS fails.
 */
export async function openHttp1(
  origin: URL,
  tls: TlsOptions | null,
  lent: Lent,
  way: HttpWay = {},
): Promise<Wire> {
  const to = { origin, tls, way, protocol: 'http/1.1' } as const
  const socket = await connectTo(to, lent.limits.answerMs)
  return new Http1(socket, way.host ?? origin.host, lent)
}

/** One request on its way. */
interface Flight {
  readonly reused: boolean
  readonly reader: ResponseReader
  readonly land: (exchange: Exchange) => void
  begunUs: number | null
  releasedUs: number | null
}

class Http1 implements Wire {
  readonly #socket: Socket
  readonly #host: string
  readonly #lent: Lent
  readonly #patience: Patience
  #flight: Flight | null = null
  #signal: AbortSignal | null = null
  #uses = 0
  #spoiled = false
  #idleSinceUs: number
  #idleLimitUs = IDLE_US

  constructor(socket: Socket, host: string, lent: Lent) {
    this.#socket = socket
    this.#host = host
    this.#lent = lent
    this.#idleSinceUs = lent.clock.nowUs()
    this.#patience = renewable(lent.limits.answerMs, this.#giveUp)
    socket.on('data', (chunk: Buffer) => this.#read(chunk))
    socket.on('error', (error: NodeJS.ErrnoException) => this.#lost(error.code ?? 'error'))
    socket.on('end', () => this.#ended())
    socket.on('close', () => this.#lost('closed'))
  }

  send(message: Message, signal: AbortSignal): Promise<Exchange> {
    const { promise, resolve, reject } = Promise.withResolvers<Exchange>()
    try {
      const bytes = requestBytes(message, message.host ?? this.#host)
      const flight = this.#takeOff(signal, resolve)
      if (flight !== null) {
        flight.begunUs = this.#lent.clock.nowUs()
        // First and last byte leave in one write, so that one stamp precedes both.
        flight.releasedUs = flight.begunUs
        this.#socket.write(bytes)
      }
    } catch (error) {
      reject(error)
    }
    return promise
  }

  async hold(message: Message, signal: AbortSignal): Promise<Held> {
    // Without a body to split, nothing at all is written before the release.
    if (message.heldBytes <= 0 || message.heldBytes >= message.body.byteLength)
      return { release: () => this.send(message, signal) }
    const bytes = requestBytes(message, message.host ?? this.#host)
    const tail = bytes.length - message.heldBytes
    const { promise: done, resolve } = Promise.withResolvers<Exchange>()
    const flight = this.#takeOff(signal, resolve)
    if (flight !== null) {
      flight.begunUs = this.#lent.clock.nowUs()
      const written = new Promise<void>((left) =>
        this.#socket.write(bytes.subarray(0, tail), () => left()),
      )
      await Promise.race([written, done])
    }
    return {
      release: async () => {
        const releasedUs = this.#lent.clock.nowUs()
        if (flight !== null && flight === this.#flight) {
          flight.releasedUs = releasedUs
          this.#patience.begin()
          this.#socket.write(bytes.subarray(tail))
        }
        return { ...(await done), releasedUs }
      },
    }
  }

  usable(): boolean {
    if (this.#flight !== null || this.#spoiled || this.#socket.destroyed) return false
    return this.#lent.clock.nowUs() - this.#idleSinceUs <= this.#idleLimitUs
  }

  async close(): Promise<void> {
    this.#spoil()
    this.#land({ cause: 'reset', detail: 'closed-here' })
  }

  /** The place of a request on the connection; null when it landed at once, unsent. */
  #takeOff(signal: AbortSignal, land: (exchange: Exchange) => void): Flight | null {
    if (this.#flight !== null) throw new TypeError('a connection carries one request at a time')
    const flight: Flight = {
      reused: this.#uses > 0,
      reader: new ResponseReader(this.#lent.limits.answerBytes),
      land,
      begunUs: null,
      releasedUs: null,
    }
    this.#flight = flight
    if (signal.aborted || this.#spoiled || this.#socket.destroyed) {
      this.#land({ cause: 'unsent', detail: signal.aborted ? 'stopped' : 'closed' })
      return null
    }
    this.#uses++
    this.#heed(signal)
    this.#patience.begin()
    return flight
  }

  /** Callers hand the same signal again and again; listening to it costs more than to compare. */
  #heed(signal: AbortSignal): void {
    if (signal === this.#signal) return
    this.#signal?.removeEventListener('abort', this.#giveUp)
    this.#signal = signal
    signal.addEventListener('abort', this.#giveUp)
  }

  readonly #giveUp = (): void => {
    if (this.#flight === null) return
    this.#spoil()
    this.#land({ cause: 'timeout' })
  }

  #read(chunk: Buffer): void {
    // Nobody asked: the next request would take it for its answer.
    if (this.#flight === null) return this.#spoil()
    const { reader } = this.#flight
    reader.push(chunk, this.#lent.clock.nowUs())
    if (reader.complete) this.#answered(this.#flight)
    else if (reader.broken !== null) {
      this.#spoil()
      this.#land(reader.broken)
    }
  }

  #answered({ reader, releasedUs }: Flight): void {
    const { head } = reader
    if (head === null) return
    if (reader.surplus || releasedUs === null || !persists(head)) this.#spoil()
    this.#idleLimitUs = idleLimitUs(head.headers['keep-alive'])
    this.#land({ status: head.status, headers: head.headers, body: reader.body() })
  }

  #ended(): void {
    const flight = this.#flight
    flight?.reader.end()
    if (flight?.reader.complete === true) this.#answered(flight)
    this.#lost('closed')
  }

  /** A reset without a byte of an answer, on a connection used before, says that the other side had let go of it. */
  #lost(how: string): void {
    this.#spoil()
    if (this.#flight === null) return
    const { reader, reused } = this.#flight
    const cause: NoAnswer = reused && !reader.heard ? 'stale-connection' : 'reset'
    this.#land({ cause, detail: reader.heard ? 'cut-short' : how })
  }

  #spoil(): void {
    if (!this.#spoiled) this.#lent.gone?.()
    this.#spoiled = true
    this.#socket.destroy()
    this.#signal?.removeEventListener('abort', this.#giveUp)
    this.#signal = null
  }

  #land(raw: RawAnswer): void {
    const flight = this.#flight
    if (flight === null) return
    this.#flight = null
    this.#patience.end()
    const nowUs = this.#lent.clock.nowUs()
    this.#idleSinceUs = nowUs
    const begunUs = flight.begunUs ?? nowUs
    flight.land({
      begunUs,
      releasedUs: flight.releasedUs ?? begunUs,
      answeredUs: 'cause' in raw ? null : (flight.reader.startedUs ?? nowUs),
      connection: this.#lent.connection,
      reused: flight.reused,
      raw,
    })
  }
}
