/** A connection that a sending thread keeps, used as if it were here. */
import type { Clock, Exchange, Held, Message, Until, Wire } from '../model/target.ts'
import { IDLE_US, idleLimitUs } from './idle.ts'
import type { MessageOnPaper } from './on-paper.ts'
import type { Order } from './orders.ts'

/** What it has of its thread. */
export interface Line {
  say(order: Order): void
  written(message: Message): MessageOnPaper
  /** A number for what is asked, and what the thread tells of it; rejects for mistakes of the harness alone. */
  expect(): Expected
}

export interface Expected {
  readonly ask: number
  readonly held: Promise<void>
  readonly done: Promise<Exchange>
}

export interface Connection {
  readonly line: Line
  readonly clock: Clock
  /** Its number among the connections of the run. */
  readonly connection: number
  readonly carries: number
  /** Servers of HTTP/2 do not say how long they keep one that idles. */
  readonly http2: boolean
}

export class Away implements Wire {
  readonly carries: number
  readonly #opened: Connection
  #inFlight = 0
  #uses = 0
  #gone = false
  #idleSinceUs: number
  #idleLimitUs = IDLE_US
  readonly #givingUp = heeding(() => this.#say('give-up'))
  readonly #recalling = heeding(() => this.#say('recall'))

  constructor(opened: Connection) {
    this.carries = opened.carries
    this.#opened = opened
    this.#idleSinceUs = opened.clock.nowUs()
  }

  /** It can be used no more; what is in flight is waited for. */
  leave(): void {
    this.#gone = true
    if (this.#inFlight === 0) this.#heedNobody()
  }

  send(message: Message, signal: AbortSignal): Promise<Exchange> {
    return this.#sendAt(0, message, signal)
  }

  async sendAt(atUs: number, message: Message, { signal, stop }: Until): Promise<Exchange> {
    if (stop.aborted) return this.#unsent('stopped')
    this.#recalling(stop)
    return this.#sendAt(atUs, message, signal)
  }

  async #sendAt(atUs: number, message: Message, signal: AbortSignal): Promise<Exchange> {
    const why = this.#hindrance(signal)
    if (why !== null) return this.#unsent(why)
    const { line, connection } = this.#opened
    const { ask, done } = this.#takeOff(signal)
    line.say(['send', connection, ask, line.written(message), atUs])
    return this.#landed(done)
  }

  async hold(message: Message, signal: AbortSignal): Promise<Held> {
    const why = this.#hindrance(signal)
    if (why !== null) return { release: async () => this.#unsent(why) }
    const { line, connection } = this.#opened
    const { ask, held, done } = this.#takeOff(signal)
    line.say(['hold', connection, ask, line.written(message)])
    await held
    return {
      // Those that are released in one turn of the event loop leave in one message.
      release: () => {
        line.say(['release', ask])
        return this.#landed(done)
      },
    }
  }

  usable(): boolean {
    if (this.#gone || this.#inFlight >= this.carries) return false
    return this.#inFlight > 0 || this.#opened.clock.nowUs() - this.#idleSinceUs <= this.#idleLimitUs
  }

  async close(): Promise<void> {
    this.leave()
    this.#opened.line.say(['close', this.#opened.connection])
  }

  #hindrance(signal: AbortSignal): string | null {
    if (signal.aborted) return 'stopped'
    return this.#gone ? 'closed' : null
  }

  #unsent(detail: string): Exchange {
    const { clock, connection } = this.#opened
    const nowUs = clock.nowUs()
    const stamps = { begunUs: nowUs, releasedUs: nowUs, answeredUs: null }
    return { ...stamps, connection, reused: this.#uses > 0, raw: { cause: 'unsent', detail } }
  }

  #takeOff(signal: AbortSignal): Expected {
    this.#inFlight++
    this.#uses++
    this.#givingUp(signal)
    return this.#opened.line.expect()
  }

  async #landed(done: Expected['done']): Promise<Exchange> {
    const exchange = await done
    const { raw } = exchange
    this.#inFlight--
    this.#idleSinceUs = this.#opened.clock.nowUs()
    if ('headers' in raw && !this.#opened.http2)
      this.#idleLimitUs = idleLimitUs(raw.headers['keep-alive'])
    if (this.#gone && this.#inFlight === 0) this.#heedNobody()
    return exchange
  }

  #heedNobody(): void {
    this.#givingUp(null)
    this.#recalling(null)
  }

  #say(what: 'give-up' | 'recall'): void {
    this.#opened.line.say([what, this.#opened.connection])
  }
}

/** Listens to one signal at a time. Callers hand the same one again and again. */
function heeding(act: () => void): (signal: AbortSignal | null) => void {
  let heeded: AbortSignal | null = null
  return (signal) => {
    if (signal === heeded) return
    heeded?.removeEventListener('abort', act)
    heeded = signal
    signal?.addEventListener('abort', act)
  }
}
