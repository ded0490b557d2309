/** Keeps what was observed back until the clocks it was judged by have been measured again. */

export interface Hold<Held> {
  /** @param untilUs The time up to which clocks must be known for it. */
  push(held: Held, untilUs: number): void
  measured(clock: string, atUs: number): void
  /** Lets go of everything, with what is known by now. */
  flush(): void
}

/** Memory has an end: beyond this many the oldest goes with what is known, whether or not a clock was read again. */
const MOST_HELD = 50_000

/**
 * What a clock showed between two measurements is known from both, so everything waits until every clock that is
 * measured at all has been read after it. It leaves in the order in which it came.
 */
export function openHold<Held>(release: (held: Held) => void): Hold<Held> {
  const clocks = new Map<string, number>()
  let held: Held[] = []
  let untils: number[] = []
  /** How many at the front have left; they are cut off together, since moving the rest costs. */
  let left = 0
  let knownUntilUs = Infinity
  const letGo = (): void => {
    for (let next = held[left]; next !== undefined; next = held[left]) {
      const settled = (untils[left] ?? 0) <= knownUntilUs
      if (!settled && held.length - left <= MOST_HELD) break
      left += 1
      release(next)
    }
    if (left < held.length && left < MOST_HELD) return
    held = held.slice(left)
    untils = untils.slice(left)
    left = 0
  }
  return {
    push(next, untilUs) {
      held.push(next)
      untils.push(untilUs)
      // All before it wait still, unless there are too many.
      if (knownUntilUs === Infinity || held.length - left > MOST_HELD) letGo()
    },
    measured(clock, atUs) {
      clocks.set(clock, Math.max(atUs, clocks.get(clock) ?? -Infinity))
      knownUntilUs = Math.min(...clocks.values())
      letGo()
    },
    flush() {
      const ready = held.slice(left)
      held = []
      untils = []
      left = 0
      for (const next of ready) release(next)
    },
  }
}
