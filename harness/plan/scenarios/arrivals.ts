/** When the arrivals of a stream are, from its data and the seed. */
import type { Arrivals, Pace } from '../../model/scenario.ts'
import type { Random } from '../../model/target.ts'

/** Arrivals that wait for no clock but for each other have no times. */
export type Timed = Exclude<Arrivals, { readonly kind: 'in-turn' | 'share' }>

/** In microseconds from the start of the round, never backwards; the same each time it is read. */
export function timesOf(arrivals: Timed, random: Random): Iterable<number> {
  return {
    *[Symbol.iterator]() {
      for (const seconds of secondsOf(arrivals, random)) yield Math.round(seconds * 1e6)
    },
  }
}

/** How many arrivals there are. */
export function countOf(arrivals: Timed, random: Random): number {
  switch (arrivals.kind) {
    case 'even':
      return evenCount(arrivals, arrivals.perSecond)
    case 'burst':
      return arrivals.count * (arrivals.times ?? 1)
    case 'ramp':
      return Math.floor(((arrivals.fromPerSecond + arrivals.toPerSecond) / 2) * lengthOf(arrivals))
    case 'staircase':
      return stairs(arrivals).reduce((sum, stair) => sum + evenCount(stair, stair.perSecond), 0)
    case 'poisson': {
      let count = 0
      for (const _ of poisson(arrivals, random)) count += 1
      return count
    }
  }
}

/** The same kind of pace at so much of its rate: a part of it, or a multiple. */
export function shareOf(pace: Pace, share: number): Pace {
  switch (pace.kind) {
    case 'even':
    case 'poisson':
      return { ...pace, perSecond: pace.perSecond * share }
    case 'ramp':
      return {
        ...pace,
        fromPerSecond: pace.fromPerSecond * share,
        toPerSecond: pace.toPerSecond * share,
      }
    case 'staircase':
      return { ...pace, perSecond: pace.perSecond.map((each) => each * share) }
  }
}

function secondsOf(arrivals: Timed, random: Random): Iterable<number> {
  return arrivals.kind === 'poisson' ? poisson(arrivals, random) : expectedSeconds(arrivals)
}

/** In seconds from the start of the round, before anything is drawn: what comes at random as if it came evenly. */
export function expectedSeconds(arrivals: Timed): Iterable<number> {
  switch (arrivals.kind) {
    case 'even':
    case 'poisson':
      return even(arrivals, arrivals.perSecond)
    case 'burst':
      return bursts(arrivals)
    case 'ramp':
      return ramp(arrivals)
    case 'staircase':
      return stairs(arrivals).flatMap((stair) => [...even(stair, stair.perSecond)])
  }
}

type During = Pick<Pace, 'startSeconds' | 'endSeconds'>

function lengthOf({ startSeconds, endSeconds }: During): number {
  return endSeconds - startSeconds
}

function evenCount(during: During, perSecond: number): number {
  // A hair more, so that 0.3 s at 10/s are three arrivals whatever binary fractions make of it.
  return Math.floor(lengthOf(during) * perSecond + 1e-9)
}

function* even(during: During, perSecond: number): Generator<number> {
  const count = evenCount(during, perSecond)
  for (let index = 0; index < count; index++) yield during.startSeconds + index / perSecond
}

/** Gaps that are independent and exponential: the times of a Poisson process. */
function* poisson(
  arrivals: Extract<Pace, { readonly kind: 'even' | 'poisson' }>,
  random: Random,
): Generator<number> {
  const draws = random.stream('gaps')
  const { endSeconds, perSecond } = arrivals
  let at = arrivals.startSeconds
  for (;;) {
    at -= Math.log(1 - draws.next()) / perSecond
    if (at >= endSeconds) return
    yield at
  }
}

function* bursts(arrivals: Extract<Arrivals, { readonly kind: 'burst' }>): Generator<number> {
  const { count, atSeconds, times = 1, everySeconds = 0 } = arrivals
  for (let time = 0; time < times; time++) {
    for (let index = 0; index < count; index++) yield atSeconds + time * everySeconds
  }
}

/** The time at which the area under the rising rate is `index`: the root of a quadratic, or of a line. */
function* ramp(arrivals: Extract<Pace, { readonly kind: 'ramp' }>): Generator<number> {
  const { fromPerSecond: from, toPerSecond: to, startSeconds } = arrivals
  const slope = (to - from) / lengthOf(arrivals)
  const count = Math.floor(((from + to) / 2) * lengthOf(arrivals))
  for (let index = 0; index < count; index++) {
    const after = (2 * index) / (from + Math.sqrt(Math.max(0, from * from + 2 * slope * index)))
    yield startSeconds + (Number.isFinite(after) ? after : 0)
  }
}

function stairs(arrivals: Extract<Pace, { readonly kind: 'staircase' }>) {
  const { perSecond, startSeconds } = arrivals
  const each = lengthOf(arrivals) / perSecond.length
  return perSecond.map((rate, index) => ({
    perSecond: rate,
    startSeconds: startSeconds + index * each,
    endSeconds: startSeconds + (index + 1) * each,
  }))
}
