/** A simulated node's way to the store: one retry after a loss, and never a guess, as targets/reference/store-client.ts. */
import type { Random } from '../../harness/model/target.ts'
import { mayRepeat, type Question as Asked, type Said } from '../reference/asking.ts'
import type { SimulatedClock } from './clock.ts'
import type { Failure, Link, Question, Reply } from './link.ts'
import type { EventQueue } from './queue.ts'
import type { SimulatedStore } from './store.ts'

export type AskStore = (asked: Asked, draws: Random | null, done: (said: Said) => void) => void

/**
 * How a client asks again after a lost connection: with the `same-request` it asked before, which the store knows again,
 * or with `another`, as some clients of real stores do, which may meet the key that it put there itself.
 */
export type Retry = 'same-request' | 'another'

/** How a memory ends: at a time on the store's clock, or a lifetime after the insert, worked out by the node's clock. */
export type EndsBy = 'time' | 'lifetime'

export interface ClientOptions {
  readonly link: Link
  readonly store: SimulatedStore
  /** The node's own. */
  readonly clock: SimulatedClock
  readonly retry: Retry
  readonly endsBy: EndsBy
}

/** From asking to giving up, the retry included. As long as a live node's. */
const ANSWER_US = 500_000

export function storeClient(name: string, queue: EventQueue, options: ClientOptions): AskStore {
  let requests = 0
  const nextId = (): string => `${name} ${requests++}`
  const client: Client = { ...options, queue, nextId }
  return (asked, draws, done) => {
    const request = new Request(asked, draws, client)
    request.ask(done)
  }
}

interface Client extends ClientOptions {
  readonly queue: EventQueue
  readonly nextId: () => string
}

/** One question to the store, until it is answered or given up. */
class Request implements Question<Said> {
  readonly draws: Random | null
  readonly #asked: Asked
  readonly #client: Client
  readonly #askedUs: number
  readonly #lastsMs: number
  #id: string
  #settle: ((said: Said) => void) | null = null
  #watched = false
  #repeated = false

  constructor(asked: Asked, draws: Random | null, client: Client) {
    this.draws = draws
    this.#asked = asked
    this.#client = client
    this.#askedUs = client.queue.nowUs()
    this.#lastsMs = client.endsBy === 'time' ? 0 : lifetimeMs(asked, client.clock)
    this.#id = client.nextId()
  }

  ask(settle: (said: Said) => void): void {
    this.#settle = settle
    this.#client.link.ask(this)
  }

  deliver(reply: Reply<Said>): void {
    const { store, endsBy } = this.#client
    const { op, key, keepUntilMs } = this.#asked
    const requestId = this.#id
    store.ask(
      endsBy === 'time'
        ? { op, key, keepUntilMs, requestId }
        : { op, key, keepUntilMs: store.clock.nowUs() / 1000 + this.#lastsMs, requestId },
      reply,
    )
  }

  done(said: Said): void {
    const settle = this.#settle
    this.#settle = null
    settle?.(said)
  }

  fail(failure: Failure): void {
    if (this.#settle === null) return
    if (failure === 'silent') return this.#watch()
    if (this.#repeated || !mayRepeat(this.#asked)) return this.done('unavailable')
    this.#repeated = true
    if (this.#client.retry === 'another') this.#id = this.#client.nextId()
    this.#client.link.ask(this)
  }

  #watch(): void {
    if (!this.#watched)
      this.#client.queue.at(this.#askedUs + ANSWER_US, () => this.done('unavailable'))
    this.#watched = true
  }
}

/** In whole seconds, and one at least: real stores take nothing else. */
function lifetimeMs({ keepUntilMs }: Asked, clock: SimulatedClock): number {
  return Math.max(1, Math.ceil((keepUntilMs - clock.nowUs() / 1000) / 1000)) * 1000
}
