/** Where the driver gets its credentials: from a thread that signs, or for simulated targets the bare truth. */
import { Worker } from 'node:worker_threads'
import { idle } from '../clock.ts'
import { entry } from '../entry.ts'
import { CupelError } from '../errors.ts'
import { truthOf } from '../jwt/mint.ts'
import type { MintContext, Minted, MintedSource } from '../jwt/mint.ts'
import type { MintReply, MintRequest } from './mint-worker.ts'

export interface Minter {
  /** Resolves when it is as quick as it will be: a thread that is still loading would make the first requests late. */
  readonly ready: Promise<void>
  /** Rejects when the source cannot be minted, and when the minter was closed or has died. */
  mint(source: MintedSource, atUs: number): Promise<Minted>
  /** Ends it; what was not yet minted is rejected. */
  close(): Promise<void>
}

/** How many requests share one message: enough to make messages cheap, few enough that the first need not wait. */
const MOST_IN_A_MESSAGE = 64

interface Caller {
  readonly resolve: (minted: Minted) => void
  readonly reject: (error: unknown) => void
}

/** A minter with one thread. The private keys go to that thread at its start and are in no message. */
export function workerMinter(context: MintContext): Minter {
  return minterOver(new Worker(entry(import.meta, './mint-worker'), { workerData: context }))
}

/** A minter over a thread that answers as mint-worker.ts does. The thread is the minter's from then on. */
export function minterOver(worker: Worker): Minter {
  const callers = new Map<number, Caller>()
  let waiting: MintRequest[] = []
  let requests = 0
  let ended: CupelError | null = null

  const end = (error: CupelError): void => {
    ended ??= error
    for (const caller of callers.values()) caller.reject(ended)
    callers.clear()
  }
  const settle = (reply: MintReply): void => {
    const caller = callers.get(reply.id)
    callers.delete(reply.id)
    if (reply.kind === 'minted') caller?.resolve(reply.minted)
    else caller?.reject(reply.error)
  }
  const post = (batch: readonly MintRequest[]): void => {
    try {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, no window
      worker.postMessage(batch)
    } catch (error) {
      // One of them is no plain data and cannot be sent; the others can, each alone.
      if (batch.length > 1) for (const request of batch) post([request])
      else for (const { id } of batch) settle({ kind: 'refused', id, error })
    }
  }
  const flush = (): void => {
    const all = waiting
    waiting = []
    for (let at = 0; at < all.length; at += MOST_IN_A_MESSAGE)
      post(all.slice(at, at + MOST_IN_A_MESSAGE))
  }

  const ready = new Promise<void>((resolve) => {
    for (const event of ['message', 'error', 'exit']) worker.once(event, () => resolve())
  })
  worker.on('message', (replies: readonly MintReply[]) => {
    for (const reply of replies) settle(reply)
  })
  worker.on('error', (cause) =>
    end(new CupelError('ERR_INTERNAL', 'the minting thread died', { cause })),
  )
  worker.on('exit', () => end(new CupelError('ERR_INTERNAL', 'the minting thread ended')))

  return {
    ready,
    mint(source, atUs) {
      if (ended !== null) return Promise.reject(ended)
      const id = requests++
      waiting.push({ id, source, atUs })
      if (waiting.length === 1) void idle().then(flush)
      return new Promise((resolve, reject) => callers.set(id, { resolve, reject }))
    },
    async close() {
      end(new CupelError('ERR_INTERNAL', 'the minter was closed'))
      await worker.terminate()
    },
  }
}

/** A minter for targets that are handed the truth of a part in place of its bytes; signs nothing. */
export function truthMinter(context: MintContext): Minter {
  return {
    ready: Promise.resolve(),
    async mint(source, atUs) {
      const truth = truthOf(source, atUs, context)
      return { text: JSON.stringify(truth), truth }
    },
    async close() {},
  }
}
