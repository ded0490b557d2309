/** One HTTP/1.1 connection: no pipelining, retry or redirect; stamps as in the oracle's section on time. */
import type { Socket } from 'node:net'
import { Readable } from 'node:stream'
import { Client } from 'undici'
import type { Exchange, Held, Message, RawAnswer, TlsOptions, Wire } from '../model/target.ts'
import { connectTo } from './connect.ts'
import { follow } from './follow.ts'
import type { Facts } from './follow.ts'
import type { Lent } from './limits.ts'
import { patience } from './patience.ts'

/** How long a connection may idle and still be used, where the server does not say for how long it keeps it. */
const IDLE_US = 1_000_000

/** Longer than any run idles: the rule of `usable` is the one that counts, not undici's. */
const NEVER_MS = 86_400_000

/**
 * Connects, and gives the wire.
 *
 * @param tls Null verifies an https peer against the authorities that Node knows.
 * @throws {CupelError} ERR_TARGET_UNREACHABLE when there is nobody to connect to, or TLS fails.
 */
export async function openHttp1(origin: URL, tls: TlsOptions | null, lent: Lent): Promise<Wire> {
  const socket = await connectTo(origin, tls, lent.limits.answerMs)
  return new Http1(socket, clientOver(socket, origin, lent.limits.answerBytes), lent)
}

interface Request {
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array | Readable | null
  /** Called when a piece of the body was handed to the socket. */
  readonly sent?: () => void
}

interface UnderWay {
  readonly done: Promise<Facts>
  /** Begins the time limit anew. */
  readonly extend: () => void
}

class Http1 implements Wire {
  readonly #socket: Socket
  readonly #client: Client
  readonly #lent: Lent
  #uses = 0
  #inFlight = false
  #spoiled = false
  #idleSinceUs: number
  #idleLimitUs = IDLE_US

  constructor(socket: Socket, client: Client, lent: Lent) {
    this.#socket = socket
    this.#client = client
    this.#lent = lent
    this.#idleSinceUs = lent.clock.nowUs()
  }

  async send(message: Message, signal: AbortSignal): Promise<Exchange> {
    const reused = this.#uses > 0
    const body = message.body.byteLength === 0 ? null : message.body
    const facts = await this.#dispatch(message, { headers: message.headers, body }, signal).done
    // First and last byte leave in one write, so that one stamp precedes both.
    return { ...facts, releasedUs: facts.begunUs, connection: this.#lent.connection, reused }
  }

  async hold(message: Message, signal: AbortSignal): Promise<Held> {
    const { clock, connection } = this.#lent
    const length = message.body.byteLength
    // Without a body to split, nothing at all is written before the release.
    if (message.heldBytes <= 0 || message.heldBytes >= length)
      return { release: () => this.send(message, signal) }
    const reused = this.#uses > 0
    const headers = { ...message.headers, 'content-length': String(length) }
    const tail = length - message.heldBytes
    const body = new Readable({ read() {} })
    // Undici destroys the body when the exchange fails; that failure is told by the exchange.
    body.on('error', () => {})
    body.push(message.body.subarray(0, tail))
    const written = Promise.withResolvers<void>()
    const request = { headers, body, sent: () => this.#whenWritten(written.resolve) }
    const { done, extend } = this.#dispatch(message, request, signal)
    await Promise.race([written.promise, done])
    return {
      release: async () => {
        const releasedUs = clock.nowUs()
        extend()
        if (!body.destroyed) {
          body.push(message.body.subarray(tail))
          body.push(null)
        }
        return { ...(await done), releasedUs, connection, reused }
      },
    }
  }

  usable(): boolean {
    if (this.#inFlight || this.#spoiled || this.#socket.destroyed) return false
    return this.#lent.clock.nowUs() - this.#idleSinceUs <= this.#idleLimitUs
  }

  async close(): Promise<void> {
    this.#spoiled = true
    this.#socket.destroy()
    await this.#client.destroy()
  }

  /** Writes are done in order, so that the callback of an empty one says that those before it left the process. */
  #whenWritten(act: () => void): void {
    this.#socket.write('', () => act())
  }

  #dispatch(
    { method, path }: Message,
    { headers, body, sent }: Request,
    signal: AbortSignal,
  ): UnderWay {
    if (this.#inFlight) throw new TypeError('a connection carries one request at a time')
    const { clock, limits } = this.#lent
    const followed = follow(clock, this.#uses > 0)
    this.#inFlight = true
    this.#uses++
    const expire = (): void => {
      followed.giveUp('timeout')
      void this.close()
    }
    let cancel = patience(limits.answerMs, expire)
    signal.addEventListener('abort', expire)
    const done = followed.done.finally(() => {
      cancel()
      signal.removeEventListener('abort', expire)
      this.#inFlight = false
    })
    if (signal.aborted) followed.giveUp('unsent')
    else
      this.#client.dispatch(
        { method, path, headers, body },
        { ...followed.handler, onBodySent: () => sent?.() },
      )
    return {
      done: done.then((facts) => this.#ended(facts)),
      extend: () => {
        cancel()
        cancel = patience(limits.answerMs, expire)
      },
    }
  }

  #ended(facts: Facts): Facts {
    this.#idleSinceUs = this.#lent.clock.nowUs()
    this.#idleLimitUs = idleLimitOf(facts.raw)
    return facts
  }
}

/** A client that has this one connection and never opens another. */
function clientOver(socket: Socket, origin: URL, answerBytes: number): Client {
  let given = false
  return new Client(origin.origin, {
    pipelining: 1,
    allowH2: false,
    headersTimeout: 0,
    bodyTimeout: 0,
    keepAliveTimeout: NEVER_MS,
    keepAliveMaxTimeout: NEVER_MS,
    keepAliveTimeoutThreshold: 0,
    maxHeaderSize: answerBytes,
    maxResponseSize: answerBytes,
    connect(_options, callback) {
      const socketOnce = given ? null : socket
      given = true
      // Not in the same turn: undici would not go on with the request that it connects for.
      process.nextTick(() => {
        if (socketOnce === null) callback(new Error('the connection is closed'), null)
        else callback(null, socketOnce)
      })
    },
  })
}

/** Half of what the server advertises (`Keep-Alive: timeout=SECONDS`, RFC 2068 §19.7.1.1), else a second. */
function idleLimitOf(raw: RawAnswer): number {
  const advertised =
    'headers' in raw ? /timeout=(\d+)/iu.exec(raw.headers['keep-alive'] ?? '')?.[1] : undefined
  return advertised === undefined ? IDLE_US : Number(advertised) * 500_000
}
