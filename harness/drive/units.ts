/** What of a round is started as one thing: a single step, or all steps of a race. */
import type { Step } from '../model/plan.ts'
import type { Over } from './over.ts'

export interface Unit {
  readonly steps: readonly Step[]
  /** The steps of this round that must be over before it is due. */
  readonly awaits: ReadonlySet<string>
}

/**
 * The units of a round, in the order of their first steps.
 *
 * @param over When each step of earlier rounds was over.
 * @throws {RangeError} When a name is used twice, or a step could never become due.
 */
export function unitsOf(steps: readonly Step[], over: Pick<Over, 'has'>): readonly Unit[] {
  const here = new Set<string>()
  for (const { name } of steps) {
    if (here.has(name) || over.has(name)) throw new RangeError(`two steps are named ${name}`)
    here.add(name)
  }
  const groups = Map.groupBy(steps, ({ name, race }) =>
    JSON.stringify(race === null ? [name] : ['race', race]),
  )
  const units = [...groups.values()].map((together) => ({
    steps: together,
    awaits: new Set(
      together.flatMap(({ due }) => ('after' in due && !over.has(due.after) ? [due.after] : [])),
    ),
  }))
  refuseUnreachable(units)
  return units
}

/** Starts what waits for nothing, then what waits for that, and so on: whatever is left never would be. */
function refuseUnreachable(units: readonly Unit[]): void {
  const missing = new Map(units.map((unit) => [unit, unit.awaits.size]))
  const waiting = waitingFor(units)
  const ready = units.filter((unit) => unit.awaits.size === 0)
  for (let unit = ready.pop(); unit !== undefined; unit = ready.pop()) {
    missing.delete(unit)
    for (const next of unit.steps.flatMap(({ name }) => waiting.get(name) ?? [])) {
      const left = (missing.get(next) ?? 0) - 1
      missing.set(next, left)
      if (left === 0) ready.push(next)
    }
  }
  const [stuck] = missing.keys()
  if (stuck === undefined) return
  const names = stuck.steps.map(({ name }) => name).join(', ')
  throw new RangeError(`${names} can never be due: it waits for ${[...stuck.awaits].join(', ')}`)
}

/** For each step, the units that wait for it. */
export function waitingFor(units: readonly Unit[]): ReadonlyMap<string, readonly Unit[]> {
  const waiting = new Map<string, Unit[]>()
  for (const unit of units) {
    for (const name of unit.awaits) {
      const those = waiting.get(name)
      if (those === undefined) waiting.set(name, [unit])
      else those.push(unit)
    }
  }
  return waiting
}
