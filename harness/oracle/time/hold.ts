/** Keeps what was observed back until the clocks it was judged by have been measured again. */

export interface Hold<Held> {
  /** @param untilUs The time up to which clocks must be known for it. */
  push(held: Held, untilUs: number): void
  measured(clock: string, atUs: number): void
  /** Lets go of all that need not wait any longer. */
  settle(): void
  /** Lets go of everything, with what is known by now. */
  flush(): void
}

/** Memory has an end: beyond this many the oldest goes with what is known, whether or not a clock was read again. */
const MOST_HELD = 50_000

/**
 * How many go when one comes. A reading of a clock frees all of a second at once, and to weigh thousands of presentations in
 * one go would keep the sender from its next request for as long: so they go as others come, and a little faster.
 */
const AT_A_TIME = 3

/** Room for so many at first; it doubles when that is full. */
const FIRST_ROOM = 1_024

/**
 * What a clock showed between two measurements is known from both, so everything waits until every clock that is
 * measured at all has been read after it. It leaves in the order in which it came: a ring, so that nothing that has left
 * is kept alive by the place it had.
 */
export function openHold<Held>(release: (held: Held) => void): Hold<Held> {
  const clocks = new Map<string, number>()
  let ring: (Held | null)[] = Array.from({ length: FIRST_ROOM }, () => null)
  let untils = new Float64Array(FIRST_ROOM)
  let first = 0
  let count = 0
  let knownUntilUs = Infinity
  const widen = (): void => {
    const free = ring.map(() => null)
    ring = [...ring.slice(first), ...ring.slice(0, first), ...free]
    const wider = new Float64Array(ring.length)
    wider.set(untils.subarray(first))
    wider.set(untils.subarray(0, first), untils.length - first)
    untils = wider
    first = 0
  }
  const letGo = (most: number, untilUs: number): void => {
    for (let gone = 0; count > 0 && gone < most; gone++) {
      const settled = (untils[first] ?? 0) <= untilUs
      if (!settled && count <= MOST_HELD) return
      const next = ring[first] ?? null
      ring[first] = null
      first = (first + 1) & (ring.length - 1)
      count -= 1
      if (next !== null) release(next)
    }
  }
  return {
    push(next, untilUs) {
      if (count === ring.length) widen()
      const at = (first + count) & (ring.length - 1)
      ring[at] = next
      untils[at] = untilUs
      count += 1
      letGo(AT_A_TIME, knownUntilUs)
    },
    measured(clock, atUs) {
      clocks.set(clock, Math.max(atUs, clocks.get(clock) ?? -Infinity))
      knownUntilUs = Math.min(...clocks.values())
    },
    settle() {
      letGo(Infinity, knownUntilUs)
    },
    flush() {
      letGo(Infinity, Infinity)
    },
  }
}
