/** Hands out the units of a round, one at a time and no further ahead than they are asked for. */
import type { Step, Steps } from '../model/plan.ts'
import type { Over } from './over.ts'
import { unitsOf, type Unit } from './units.ts'

export interface Feed {
  /** The next unit, which stays the next one; null when there is none. */
  peek(): Unit | null
  take(): Unit | null
  /** Whether what waits for another comes after it, so that reading on may wait. */
  readonly ordered: boolean
}

/**
 * One feed for each stream; one for a list, of which what waits for others comes first, and then the rest by time.
 *
 * @param over When each step of earlier rounds was over, by name.
 * @throws {RangeError} When a name of a list is used twice, or a step of it could never become due.
 */
export function feedsOf(steps: Steps, over: Pick<Over, 'has'>): readonly Feed[] {
  if (steps.streams !== undefined)
    return steps.streams.map((stream) => feedOf(racing(stream), true))
  const units = unitsOf([...steps], over)
  const [waiting, timed] = [
    units.filter(({ awaits }) => awaits.size > 0),
    units.filter(({ awaits }) => awaits.size === 0),
  ]
  return [feedOf([...waiting, ...timed.toSorted((one, other) => atUs(one) - atUs(other))], false)]
}

function feedOf(units: Iterable<Unit>, ordered: boolean): Feed {
  const iterator = units[Symbol.iterator]()
  let next: Unit | null | undefined
  const peek = (): Unit | null => {
    if (next === undefined) {
      const { value, done } = iterator.next()
      next = done === true ? null : value
    }
    return next
  }
  return {
    ordered,
    peek,
    take() {
      const unit = peek()
      if (unit !== null) next = undefined
      return unit
    },
  }
}

/** Steps of one race follow each other. */
function* racing(steps: Iterable<Step>): Generator<Unit> {
  let race: Step[] = []
  for (const step of steps) {
    const [first] = race
    if (first !== undefined && first.race === step.race) race.push(step)
    else {
      if (first !== undefined) yield unitFrom(race)
      race = []
      if (step.race === null) yield unitFrom([step])
      else race.push(step)
    }
  }
  if (race.length > 0) yield unitFrom(race)
}

const NOTHING: ReadonlySet<string> = new Set()

function unitFrom(steps: readonly Step[]): Unit {
  const awaited = steps.flatMap(({ due }) => ('after' in due ? [due.after] : []))
  return { steps, awaits: awaited.length === 0 ? NOTHING : new Set(awaited) }
}

/** When the last of its steps is due, of those with a time of their own. */
export function atUs({ steps }: Unit): number {
  return Math.max(...steps.map(({ due }) => ('atUs' in due ? due.atUs : 0)))
}
