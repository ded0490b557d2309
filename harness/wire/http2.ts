/** One HTTP/2 connection, which carries several requests at once; stamps as in the oracle's section on time. */
import { connect, type ClientHttp2Session } from 'node:http2'
import type { Exchange, Held, HttpWay, Message, TlsOptions, Wire } from '../model/target.ts'
import { addressOf, connectTo } from './connect.ts'
import { Stream } from './http2-stream.ts'
import { IDLE_US } from './idle.ts'
import type { Lent } from './limits.ts'
import { patience } from './patience.ts'
import { assertSendable } from './request.ts'
import { unreachable } from './unreachable.ts'

/** How many requests one connection carries at most, whatever the server allows. */
const MOST_STREAMS = 100

/** More fields than any server sends. */
const MOST_FIELDS = 1_000

/**
 * Connects, and gives the wire once the server's settings are there: before that nobody knows how much it carries, or
 * whether it speaks HTTP/2 at all. Without TLS that is taken for granted ("prior knowledge", RFC 9113 §3.3).
 *
 * @param tls Null verifies an https peer against the authorities that Node knows.
 * @throws {CupelError} ERR_TARGET_UNREACHABLE when there is nobody to connect to, TLS fails, or it is no HTTP/2.
 */
export async function openHttp2(
  origin: URL,
  tls: TlsOptions | null,
  lent: Lent,
  way: HttpWay = {},
): Promise<Wire> {
  const { answerMs, answerBytes } = lent.limits
  const socket = await connectTo({ origin, tls, way, protocol: 'h2' }, answerMs)
  const session = connect(origin, {
    createConnection: () => socket,
    maxHeaderListPairs: MOST_FIELDS,
    settings: { enablePush: false, maxHeaderListSize: answerBytes },
  })
  await settled(session, addressOf(origin), answerMs)
  return new Http2(session, way.host ?? origin.host, lent)
}

function settled(session: ClientHttp2Session, address: string, limitMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const refuse = (why: string, word: string): void => {
      cancel()
      session.destroy()
      reject(unreachable({ address, layer: 'HTTP/2', why, word }))
    }
    const cancel = patience(limitMs, () => refuse(`no settings within ${limitMs} ms`, 'no-answer'))
    // Stays for the session's life: what becomes of its requests is told by their streams.
    session.on('error', (error: NodeJS.ErrnoException) =>
      refuse(error.code ?? error.message, error.code ?? 'error'),
    )
    session.once('close', () => refuse('closed by the other side', 'closed'))
    session.once('remoteSettings', () => {
      cancel()
      resolve()
    })
  })
}

class Http2 implements Wire {
  readonly #session: ClientHttp2Session
  readonly #host: string
  readonly #lent: Lent
  readonly #streams = new Set<Stream>()
  #signal: AbortSignal | null = null
  #uses = 0
  #spoiled = false
  #idleSinceUs: number
  /** The last stream that the server says it looked at, once it takes no more. */
  #lastTaken: number | null = null

  constructor(session: ClientHttp2Session, host: string, lent: Lent) {
    this.#session = session
    this.#host = host
    this.#lent = lent
    this.#idleSinceUs = lent.clock.nowUs()
    session.on('goaway', (_code: number, lastStream: number) => {
      this.#lastTaken = lastStream
      this.#spoil()
    })
    session.once('close', () => this.#spoil())
  }

  get carries(): number {
    const allowed = this.#session.remoteSettings?.maxConcurrentStreams ?? MOST_STREAMS
    return Math.max(1, Math.min(MOST_STREAMS, allowed))
  }

  async send(message: Message, signal: AbortSignal): Promise<Exchange> {
    const stream = this.#open(message, signal)
    if (typeof stream === 'string') return this.#unsent(stream)
    stream.release(message.body)
    return this.#landed(stream)
  }

  async hold(message: Message, signal: AbortSignal): Promise<Held> {
    const { body, heldBytes } = message
    // Without a body to split, nothing at all is written before the release.
    if (heldBytes <= 0 || heldBytes >= body.byteLength)
      return { release: () => this.send(message, signal) }
    const stream = this.#open(message, signal)
    if (typeof stream === 'string') return { release: async () => this.#unsent(stream) }
    const landed = this.#landed(stream)
    const tail = body.byteLength - heldBytes
    await Promise.race([stream.write(body.subarray(0, tail)), landed])
    return {
      release: async () => {
        // Frames that are handed over in one turn of the event loop leave in one write.
        const releasedUs = this.#lent.clock.nowUs()
        stream.release(body.subarray(tail))
        return { ...(await landed), releasedUs }
      },
    }
  }

  usable(): boolean {
    const open = this.#streams.size
    if (this.#spoiled || this.#session.closed || this.#session.destroyed || open >= this.carries)
      return false
    return open > 0 || this.#lent.clock.nowUs() - this.#idleSinceUs <= IDLE_US
  }

  async close(): Promise<void> {
    this.#spoil()
    for (const stream of this.#streams) stream.giveUp({ cause: 'reset', detail: 'closed-here' })
    this.#session.destroy()
  }

  /** The stream of a request, or in a word why there is none. */
  #open(
    { method, path, headers, host = this.#host, body }: Message,
    signal: AbortSignal,
  ): Stream | string {
    if (signal.aborted) return 'stopped'
    if (this.#spoiled || this.#session.closed || this.#session.destroyed) return 'closed'
    assertSendable(path, headers)
    this.#heed(signal)
    const length = body.byteLength
    const stream = new Stream(this.#session, {
      headers: {
        ...headers,
        ':method': method,
        ':path': path,
        ':authority': host,
        ...(length === 0 && method === 'GET' ? {} : { 'content-length': String(length) }),
      },
      bare: length === 0,
      lent: this.#lent,
      reused: this.#uses > 0,
      isBroken: () => this.#session.destroyed,
      isTaken: (id) => this.#lastTaken === null || id <= this.#lastTaken,
    })
    this.#uses++
    this.#streams.add(stream)
    return stream
  }

  #unsent(detail: string): Exchange {
    const nowUs = this.#lent.clock.nowUs()
    const { connection } = this.#lent
    const stamps = { begunUs: nowUs, releasedUs: nowUs, answeredUs: null }
    return { ...stamps, connection, reused: this.#uses > 0, raw: { cause: 'unsent', detail } }
  }

  async #landed(stream: Stream): Promise<Exchange> {
    const exchange = await stream.landed
    this.#streams.delete(stream)
    this.#idleSinceUs = this.#lent.clock.nowUs()
    const { raw } = exchange
    if ('cause' in raw && raw.cause === 'timeout') this.#spoil()
    // The others on the connection are waited for; then it goes.
    if (this.#spoiled && this.#streams.size === 0) this.#session.destroy()
    return exchange
  }

  #spoil(): void {
    if (!this.#spoiled) this.#lent.gone?.()
    this.#spoiled = true
  }

  #heed(signal: AbortSignal): void {
    if (signal === this.#signal) return
    this.#signal?.removeEventListener('abort', this.#giveUp)
    this.#signal = signal
    signal.addEventListener('abort', this.#giveUp)
  }

  readonly #giveUp = (): void => {
    for (const stream of this.#streams) stream.giveUp({ cause: 'timeout' })
  }
}
