/** Threads that send, for a harness whose one thread cannot send, record and judge as much as a target takes. */
import { Worker } from 'node:worker_threads'
import type { MachineClock } from '../clock.ts'
import { entry } from '../entry.ts'
import type { Limits } from './limits.ts'
import type { SendingContext } from './orders.ts'
import { SendingThread } from './sending-thread.ts'
import type { Opener } from './wires.ts'

export interface SendingOptions {
  readonly limits: Limits
  /** Meets the times of requests by spinning, which takes a core for each thread. */
  readonly spin?: boolean
}

export interface Senders {
  readonly open: Opener
  /** Ends the threads, and whatever is in flight with them. */
  close(): Promise<void>
}

/** So many threads, to which connections are dealt out. They start at once, beside whatever else a run begins with. */
export function openSenders(
  count: number,
  clock: MachineClock,
  { limits, spin = false }: SendingOptions,
): Senders {
  if (!(count >= 1)) throw new RangeError('there is at least one sending thread')
  const context: SendingContext = { anchor: clock.anchor, limits, spin }
  const threads = Array.from({ length: count }, () => {
    const worker = new Worker(entry(import.meta, './sending-worker'), { workerData: context })
    return new SendingThread(worker, clock)
  })
  return {
    open(connection, origin, tls, way) {
      const thread = threads[connection % count]
      if (thread === undefined) throw new RangeError(`there is no connection ${connection}`)
      return thread.open(connection, origin, tls, way)
    },
    async close() {
      await Promise.all(threads.map((thread) => thread.close()))
    },
  }
}
