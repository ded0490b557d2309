/** One minting thread, seen from the thread that keeps time. */
import type { Worker } from 'node:worker_threads'
import { idle } from '../clock.ts'
import { CupelError } from '../errors.ts'
import type { Minted, MintedSource } from '../jwt/mint.ts'
import { stemOf, type Mould } from '../jwt/mould.ts'
import type { MintBatch, MintReply } from './mint-worker.ts'

/** How many requests share one message: enough to make messages cheap, few enough that the first need not wait. */
const MOST_IN_A_MESSAGE = 64

export interface Order {
  readonly source: MintedSource
  readonly atUs: number
  /** Of sources that come again and again. */
  readonly mould: Mould | null
  /** Makes the rest of the text. */
  readonly finish: (text: string) => Minted
}

interface Caller extends Order {
  readonly resolve: (minted: Minted) => void
  readonly reject: (error: unknown) => void
}

export class MintThread {
  /** Resolves when it has loaded. */
  readonly ready: Promise<void>
  /** How many texts it was asked for and has not given. */
  backlog = 0
  readonly #worker: Worker
  /** Those whose requests wait to be sent, and those in each message whose answer is awaited, in order. */
  #waiting: Caller[] = []
  #sent: (readonly Caller[])[] = []
  /** The moulds that the thread was told. */
  readonly #told = new Set<Mould>()
  #ended: CupelError | null = null

  /** @param worker Answers as mint-worker.ts does, and is this one's from then on. */
  constructor(worker: Worker) {
    this.#worker = worker
    this.ready = new Promise<void>((resolve) => {
      for (const event of ['message', 'error', 'exit']) worker.once(event, () => resolve())
    })
    // The first message says that the thread has loaded.
    worker.once('message', () => worker.on('message', (reply: MintReply) => this.#settle(reply)))
    worker.on('error', (cause) => this.#end('the minting thread died', cause))
    worker.on('exit', () => this.#end('the minting thread ended'))
  }

  /** Rejects when the source cannot be minted, and when the thread was closed or has died. */
  mint(order: Order): Promise<Minted> {
    if (this.#ended !== null) return Promise.reject(this.#ended)
    this.backlog++
    return new Promise((resolve, reject) => {
      this.#waiting.push({ ...order, resolve, reject })
      if (this.#waiting.length === 1) void idle().then(() => this.#flush())
    })
  }

  /** Ends it; what was not yet minted is rejected. */
  async close(): Promise<void> {
    this.#end('the minter was closed')
    await this.#worker.terminate()
  }

  #flush(): void {
    const all = this.#waiting
    this.#waiting = []
    for (let at = 0; at < all.length; at += MOST_IN_A_MESSAGE)
      this.#post(all.slice(at, at + MOST_IN_A_MESSAGE))
  }

  #post(callers: readonly Caller[]): void {
    try {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, no window
      this.#worker.postMessage(JSON.stringify(this.#batchOf(callers)))
      this.#sent.push(callers)
    } catch (error) {
      // One of them is no plain data and cannot be sent; the others can, each alone.
      if (callers.length > 1) for (const caller of callers) this.#post([caller])
      else for (const caller of callers) this.#refuse(caller, error)
    }
  }

  #batchOf(callers: readonly Caller[]): MintBatch {
    const moulds: [number, MintedSource][] = []
    const asked = callers.map(({ source, atUs, mould }): MintBatch['asked'][number] => {
      if (mould === null || mould.seen === 1) return [source, '', atUs]
      if (!this.#told.has(mould)) {
        this.#told.add(mould)
        moulds.push([mould.id, mould.source])
      }
      return [mould.id, stemOf(source) ?? '', atUs]
    })
    return { moulds, asked }
  }

  #settle({ texts, refused }: MintReply): void {
    const callers = this.#sent.shift() ?? []
    const errors = new Map(refused)
    const made: readonly string[] = JSON.parse(texts)
    // Texts that are not as many as were asked for would be taken for each other: nobody is given any.
    if (made.length !== callers.length) return this.#misread(callers)
    for (const [at, caller] of callers.entries()) {
      const text = made[at] ?? ''
      if (errors.has(at)) this.#refuse(caller, errors.get(at))
      else {
        this.backlog--
        this.#give(caller, text)
      }
    }
  }

  #misread(callers: readonly Caller[]): void {
    const error = new CupelError('ERR_INTERNAL', 'a minting thread made not what it was asked for')
    for (const caller of callers) this.#refuse(caller, error)
  }

  #give({ finish, resolve, reject }: Caller, text: string): void {
    try {
      resolve(finish(text))
    } catch (error) {
      reject(error)
    }
  }

  #refuse({ reject }: Caller, error: unknown): void {
    this.backlog--
    reject(error)
  }

  #end(message: string, cause?: unknown): void {
    this.#ended ??= new CupelError('ERR_INTERNAL', message, cause === undefined ? {} : { cause })
    for (const { reject } of [...this.#sent.flat(), ...this.#waiting]) reject(this.#ended)
    this.#sent = []
    this.#waiting = []
    this.backlog = 0
  }
}
