/** Keeps observations back until the clocks they were made by have been measured again. */
import type { Observation } from '../model/history.ts'

export interface Hold {
  push(observation: Observation): void
  measured(clock: string, atUs: number): void
  /** Lets go of everything, with what is known by now. */
  flush(): void
}

/** Memory has an end: beyond this many the oldest goes with what is known, whether or not a clock was read again. */
const MOST_HELD = 50_000

/**
 * What a clock showed between two measurements is known from both, so an observation waits until every clock that is
 * measured at all has been read after its answer. They leave in the order in which they came.
 */
export function openHold(release: (observation: Observation) => void): Hold {
  const clocks = new Map<string, number>()
  let held: Observation[] = []
  /** How many at the front of `held` have left; they are cut off together, since moving the rest costs. */
  let left = 0
  let knownUntilUs = Infinity
  const letGo = (): void => {
    for (let next = held[left]; next !== undefined; next = held[left]) {
      const settled = (next.answeredUs ?? next.begunUs ?? next.dueUs) <= knownUntilUs
      if (!settled && held.length - left <= MOST_HELD) break
      left += 1
      release(next)
    }
    if (left < held.length && left < MOST_HELD) return
    held = held.slice(left)
    left = 0
  }
  return {
    push(observation) {
      held.push(observation)
      letGo()
    },
    measured(clock, atUs) {
      clocks.set(clock, Math.max(atUs, clocks.get(clock) ?? -Infinity))
      knownUntilUs = Math.min(...clocks.values())
      letGo()
    },
    flush() {
      const ready = held.slice(left)
      held = []
      left = 0
      for (const observation of ready) release(observation)
    },
  }
}
