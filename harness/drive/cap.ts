/** Keeps the rate that a target's owner allows: never more than so many requests in any second. */
import type { Clock } from '../model/target.ts'

/** A second, and a hair for clocks that tell whole microseconds. */
const WINDOW_US = 1_001_000

/** Leave to send some requests: call one of the two once. */
export interface Leave {
  /** They were answered just now, or given up: they have arrived at its machine by now or never will. */
  used(): void
  /** They will not be. */
  unused(): void
}

export interface Cap {
  /** How many can be sent at once. */
  readonly most: number
  /** Waits in line until `count` more may be sent; null when the signal aborts first. At once where there is no limit. */
  enter(count: number, signal: AbortSignal): Promise<Leave | null> | Leave | null
}

/**
 * A permit is held from before a request is sent until a second after its answer has come. So at the end of any second
 * each request that arrived within it holds one still, however long requests were on their way and however many a server
 * that had stalled finds waiting. Only a process that stands still for longer than an answer may take finds more in its
 * sockets: those that were given up meanwhile, which had arrived before.
 *
 * @param maxPerSecond Null for no limit.
 * @param closing Aborts when nothing will be sent any more.
 */
export function openCap(maxPerSecond: number | null, clock: Clock, closing: AbortSignal): Cap {
  if (maxPerSecond === null) return UNLIMITED
  if (!(maxPerSecond >= 1))
    throw new RangeError(`maxPerSecond is ${maxPerSecond}, and must be at least 1`)
  const most = Math.floor(maxPerSecond)
  const line: { readonly count: number; readonly go: () => void }[] = []
  let free = most

  const serve = (): void => {
    for (let first = line[0]; first !== undefined && first.count <= free; first = line[0]) {
      line.shift()
      free -= first.count
      first.go()
    }
  }
  const leave = (count: number): Leave => {
    const back = (): void => {
      free += count
      serve()
    }
    return {
      used: () => void clock.sleepUntil(clock.nowUs() + WINDOW_US, closing).then(back),
      unused: back,
    }
  }
  return {
    most,
    enter: (count, signal) =>
      new Promise((resolve) => {
        if (count > most)
          throw new RangeError(`${count} requests at once, ${most} a second are allowed`)
        const quit = (): void => {
          const place = line.indexOf(waiter)
          if (place >= 0) line.splice(place, 1)
          serve()
          resolve(null)
        }
        const waiter = {
          count,
          go: () => {
            signal.removeEventListener('abort', quit)
            resolve(leave(count))
          },
        }
        if (signal.aborted) return resolve(null)
        signal.addEventListener('abort', quit, { once: true })
        line.push(waiter)
        serve()
      }),
  }
}

const FREE: Leave = { used() {}, unused() {} }
const UNLIMITED: Cap = {
  most: Infinity,
  enter: (_count, signal) => (signal.aborted ? null : FREE),
}
