/** Simulated time: a queue of what will happen. It moves on only when nothing is left to do at the present moment. */
import { idle } from '../../harness/clock.ts'
import type { Clock } from '../../harness/model/target.ts'

export interface SimulatedTime {
  readonly clock: Clock
  /** Calls `act` so much later; an integer ≥ 0. `act` must leave nothing to a promise: use `wake` for that. */
  readonly after: (delayUs: number, act: () => void) => void
  /** As `after`, for acts that resolve promises: all that follows from them runs before time moves on. */
  readonly wake: (delayUs: number, act: () => void) => void
}

interface Event {
  readonly atUs: number
  /** Of two events of one moment, the one that was booked first comes first. */
  readonly order: number
  readonly wakes: boolean
  readonly act: () => void
  cancelled: boolean
}

/** @param startUs What the clock says at first; microseconds since 1970. */
export function simulatedTime(startUs: number): SimulatedTime {
  const queue = eventQueue()
  let nowUs = startUs
  let booked = 0
  let running = false

  const run = async (): Promise<void> => {
    running = true
    do await idle()
    while (runUntilOneWakes())
    running = false
  }
  /** False when nothing is left. Between events that wake nobody no promise could run, so none is waited for. */
  const runUntilOneWakes = (): boolean => {
    for (let event = queue.take(); event !== null; event = queue.take()) {
      // A sleep that was given up must not move time.
      if (event.cancelled) continue
      nowUs = event.atUs
      event.act()
      if (event.wakes) return true
    }
    return false
  }
  const book = (atUs: number, wakes: boolean, act: () => void): Event => {
    const event = { atUs: Math.max(nowUs, atUs), order: booked++, wakes, act, cancelled: false }
    queue.add(event)
    if (!running) void run()
    return event
  }
  return {
    clock: {
      nowUs: () => nowUs,
      sleepUntil: (us, signal) =>
        new Promise((resolve) => {
          if (us <= nowUs || signal?.aborted === true) return resolve()
          const giveUp = (): void => {
            event.cancelled = true
            resolve()
          }
          const event = book(us, true, () => {
            signal?.removeEventListener('abort', giveUp)
            resolve()
          })
          signal?.addEventListener('abort', giveUp, { once: true })
        }),
    },
    after: (delayUs, act) => void book(nowUs + delayUs, false, act),
    wake: (delayUs, act) => void book(nowUs + delayUs, true, act),
  }
}

interface EventQueue {
  add(event: Event): void
  /** Takes out the earliest; null when there is none. */
  take(): Event | null
}

/** A binary heap: the children of i are 2i + 1 and 2i + 2, and none is earlier than its parent. */
function eventQueue(): EventQueue {
  const heap: Event[] = []
  const earlier = (one: Event | undefined, other: Event | undefined): boolean => {
    if (one === undefined || other === undefined) return one !== undefined
    return one.atUs < other.atUs || (one.atUs === other.atUs && one.order < other.order)
  }
  /** Exchanges the two if the lower one is earlier; says whether it did. */
  const lift = (upper: number, lower: number): boolean => {
    const [above, below] = [heap[upper], heap[lower]]
    if (above === undefined || below === undefined || !earlier(below, above)) return false
    heap[upper] = below
    heap[lower] = above
    return true
  }
  return {
    add(event) {
      let at = heap.push(event) - 1
      while (at > 0 && lift((at - 1) >> 1, at)) at = (at - 1) >> 1
    },
    take() {
      const first = heap[0] ?? null
      const last = heap.pop()
      if (last === undefined || heap.length === 0) return first
      heap[0] = last
      let at = 0
      for (;;) {
        const child = earlier(heap[2 * at + 2], heap[2 * at + 1]) ? 2 * at + 2 : 2 * at + 1
        if (!lift(at, child)) return first
        at = child
      }
    },
  }
}
