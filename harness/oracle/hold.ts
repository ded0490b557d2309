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
  let knownUntilUs = Infinity
  const letGo = (): void => {
    let count = 0
    for (const { answeredUs, begunUs, dueUs } of held) {
      const settled = (answeredUs ?? begunUs ?? dueUs) <= knownUntilUs
      if (!settled && held.length - count <= MOST_HELD) break
      count += 1
    }
    if (count === 0) return
    const ready = held.slice(0, count)
    held = held.slice(count)
    for (const observation of ready) release(observation)
  }
  return {
    push(observation) {
      held.push(observation)
      if (knownUntilUs === Infinity || held.length > MOST_HELD) letGo()
    },
    measured(clock, atUs) {
      clocks.set(clock, Math.max(atUs, clocks.get(clock) ?? -Infinity))
      knownUntilUs = Math.min(...clocks.values())
      letGo()
    },
    flush() {
      const ready = held
      held = []
      for (const observation of ready) release(observation)
    },
  }
}
