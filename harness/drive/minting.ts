/** Where the driver gets its credentials: from threads that sign, from whoever has the key, or the bare truth. */
import { Worker } from 'node:worker_threads'
import { entry } from '../entry.ts'
import { truthOf } from '../jwt/mint.ts'
import type { MintContext, Minted, MintedSource } from '../jwt/mint.ts'
import { Moulds, stemOf, truthIn } from '../jwt/mould.ts'
import { isObject } from '../json.ts'
import type { Json } from '../model/plan.ts'
import { MintThread } from './mint-thread.ts'

export interface Minter {
  /** Resolves when it is as quick as it will be: a thread that is still loading would make the first requests late. */
  readonly ready: Promise<void>
  /** How many were asked for and are not made; absent where nothing is waited for. */
  readonly backlog?: number
  /** Rejects when the source cannot be minted, and when the minter was closed or has died. */
  mint(source: MintedSource, atUs: number): Promise<Minted>
  /** What was measured since it was last asked, by name. */
  measured?(): ReadonlyMap<string, number>
  /** Ends it; what was not yet minted is rejected. */
  close(): Promise<void>
}

/** More would leave no core to whoever keeps time, or to a target on this machine. */
const MOST_THREADS = 4

/** How many threads mint on a machine of so many cores. */
export function mintingThreads(cores: number): number {
  return Math.max(1, Math.min(MOST_THREADS, Math.floor((cores - 1) / 2)))
}

/** A minter with threads. The private keys go to each thread at its start and are in no message. */
export function workerMinter(context: MintContext, threads = 1): Minter {
  const workers = Array.from(
    { length: threads },
    () => new Worker(entry(import.meta, './mint-worker'), { workerData: context }),
  )
  return minterOver(context, workers)
}

/** A minter over threads that answer as mint-worker.ts does. They are the minter's from then on. */
export function minterOver(context: MintContext, workers: readonly Worker[]): Minter {
  const threads = workers.map((worker) => new MintThread(worker))
  const moulds = new Moulds()
  const least = (): MintThread | undefined =>
    threads.reduce((one, other) => (other.backlog < one.backlog ? other : one))
  return {
    ready: Promise.all(threads.map(({ ready }) => ready)).then(() => undefined),
    get backlog() {
      return threads.reduce((sum, each) => sum + each.backlog, 0)
    },
    mint(source, atUs) {
      const mould = moulds.find(source)
      const stem = mould === null ? null : stemOf(source)
      // Worked out here: what is so of it needs no signature, and would cost more to be told.
      const finish = (text: string): Minted => ({
        text,
        truth:
          mould === null || stem === null
            ? truthOf(source, atUs, context)
            : truthIn(mould, stem, atUs, context),
      })
      return (least() ?? nobody()).mint({ source, atUs, mould, finish })
    },
    async close() {
      await Promise.all(threads.map((each) => each.close()))
    },
  }
}

/**
 * A minter for targets that are handed the truth of a part in place of its bytes; signs nothing. With it goes what the bytes
 * would show of keys: the name that the header gives, and which one signed.
 */
export function truthMinter(context: MintContext): Minter {
  return {
    ready: Promise.resolve(),
    async mint(source, atUs) {
      const truth = truthOf(source, atUs, context)
      const signed = { kid: kidIn(source.header), key: source.signer }
      return { text: JSON.stringify({ ...truth, signed }), truth }
    },
    async close() {},
  }
}

function kidIn(header: Json): string | null {
  const kid = isObject(header) ? header['kid'] : undefined
  return typeof kid === 'string' ? kid : null
}

function nobody(): never {
  throw new RangeError('a minter has at least one thread')
}
