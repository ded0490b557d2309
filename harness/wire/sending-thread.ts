/** One sending thread, seen from the thread that keeps time. */
import type { Worker } from 'node:worker_threads'
import { CupelError } from '../errors.ts'
import type { Clock, Exchange, HttpWay, TlsOptions, Wire } from '../model/target.ts'
import { Away, type Expected, type Line } from './away.ts'
import { HeaderBook, readExchange, written } from './on-paper.ts'
import type { Destination, Order, Refusal, Told } from './orders.ts'
import { outbox } from './outbox.ts'

interface Waiting<T> {
  readonly resolve: (value: T) => void
  readonly reject: (error: unknown) => void
}

interface Asked {
  readonly held: Waiting<void>
  readonly done: Waiting<Exchange>
}

export class SendingThread {
  readonly #worker: Worker
  readonly #clock: Clock
  readonly #book = new HeaderBook()
  readonly #say: (order: Order) => void
  readonly #opening = new Map<number, Waiting<number>>()
  readonly #wires = new Map<number, Away>()
  readonly #asked = new Map<number, Asked>()
  #asks = 0
  #ended: CupelError | null = null

  /** @param worker Does what sending-worker.ts does, and is this one's from then on. */
  constructor(worker: Worker, clock: Clock) {
    this.#worker = worker
    this.#clock = clock
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, no window
    this.#say = outbox((text) => worker.postMessage(text))
    worker.on('message', (text: string) => {
      const all: readonly Told[] = JSON.parse(text)
      for (const told of all) this.#hear(told)
    })
    worker.on('error', (cause) => this.#end('a sending thread died', cause))
    worker.on('exit', () => this.#end('a sending thread ended'))
  }

  /** @throws {CupelError} ERR_TARGET_UNREACHABLE when there is nobody to connect to. */
  async open(connection: number, origin: URL, tls: TlsOptions | null, way: HttpWay): Promise<Wire> {
    const carries = await new Promise<number>((resolve, reject) => {
      if (this.#ended !== null) return reject(this.#ended)
      this.#opening.set(connection, { resolve, reject })
      this.#say(['open', connection, destination(origin, tls, way)])
    })
    const opened = { line: this.#line, clock: this.#clock, connection, carries }
    const wire = new Away({ ...opened, http2: way.http === 2 })
    this.#wires.set(connection, wire)
    return wire
  }

  /** Ends it; whatever was in flight is lost. */
  async close(): Promise<void> {
    this.#end('the sending threads were closed')
    await this.#worker.terminate()
  }

  readonly #line: Line = {
    say: (order) => {
      if (order[0] === 'close') this.#wires.delete(order[1])
      if (this.#ended === null) this.#say(order)
    },
    written: (message) => written(message, this.#book),
    expect: () => this.#expect(),
  }

  #expect(): Expected {
    const ask = this.#asks++
    const [held, done] = [Promise.withResolvers<void>(), Promise.withResolvers<Exchange>()]
    // Who sends never waits for `held`, and who holds not for `done` before the release.
    for (const { promise } of [held, done]) promise.catch(() => undefined)
    if (this.#ended === null) this.#asked.set(ask, { held, done })
    else for (const { reject } of [held, done]) reject(this.#ended)
    return { ask, held: held.promise, done: done.promise }
  }

  #hear(told: Told): void {
    switch (told[0]) {
      case 'opened':
        return this.#taken(this.#opening, told[1])?.resolve(told[2])
      case 'unopened':
        return this.#taken(this.#opening, told[1])?.reject(errorOf(told[2]))
      case 'gone':
        return this.#wires.get(told[1])?.leave()
      case 'held':
        return this.#asked.get(told[1])?.held.resolve()
      case 'done':
        return this.#taken(this.#asked, told[1])?.done.resolve(readExchange(told[2], this.#book))
      case 'failed': {
        const asked = this.#taken(this.#asked, told[1])
        const error = new CupelError('ERR_INTERNAL', told[2])
        asked?.held.reject(error)
        return asked?.done.reject(error)
      }
    }
  }

  #taken<T>(from: Map<number, T>, number: number): T | undefined {
    const one = from.get(number)
    from.delete(number)
    return one
  }

  #end(message: string, cause?: unknown): void {
    this.#ended ??= new CupelError('ERR_INTERNAL', message, cause === undefined ? {} : { cause })
    for (const { reject } of this.#opening.values()) reject(this.#ended)
    for (const { held, done } of this.#asked.values())
      for (const { reject } of [held, done]) reject(this.#ended)
    this.#opening.clear()
    this.#asked.clear()
  }
}

function destination(origin: URL, tls: TlsOptions | null, way: HttpWay): Destination {
  const { proxy, ...rest } = way
  return {
    origin: origin.href,
    tls,
    way: proxy === undefined ? rest : { ...rest, proxy: proxy.href },
  }
}

function errorOf({ code, message, hint, detail }: Refusal): CupelError {
  return new CupelError(code, message, {
    ...(hint === null ? {} : { hint }),
    ...(detail === null ? {} : { detail }),
  })
}
