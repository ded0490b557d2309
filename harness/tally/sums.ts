/** Adding up what several records counted. */
import type { Cell, CellName, Pairs, UnitSums } from '../model/counts.ts'
import type { RecordedScenario } from '../model/record.ts'
import type { GuardResult, Late, Leeway, ScenarioFacts } from '../model/verdict.ts'

/**
 * The cells of all parts, added by name. The code's frame is told only where it differs from the world's: where a part has
 * no cell of it, its cell of the world counts for both.
 */
export function addedCells(parts: readonly (readonly Cell[])[]): readonly Cell[] {
  const known = parts.map((cells) => new Map(cells.map((cell) => [cellKey(cell), cell])))
  const names = new Map(parts.flat().map((cell) => [cellKey(cell), cell]))
  return [...names.values()].flatMap((name) => {
    const world = cellKey({ ...name, frame: 'world' })
    const found = known.flatMap((cells) => cells.get(cellKey(name)) ?? cells.get(world) ?? [])
    const [first, ...others] = found
    if (first === undefined) return []
    return [{ ...others.reduce(addedCell, first), frame: name.frame }]
  })
}

function cellKey(cell: CellName & Pick<Cell, 'unit'>): string {
  const { metric, frame, scenario, attack, phase, node, unit } = cell
  return JSON.stringify([metric, frame, scenario, attack, phase, node, unit])
}

function addedCell(one: Cell, other: Cell): Cell {
  return {
    ...one,
    events: one.events + other.events,
    trials: one.trials + other.trials,
    owed: one.owed + other.owed,
    worst: one.worst + other.worst,
    over: addedSums(one.over, other.over),
  }
}

/** No unit is in two parts: a race, a fault's window and a second of a node lie in one run. */
function addedSums(one: UnitSums, other: UnitSums): UnitSums {
  return {
    units: one.units + other.units,
    eventsSquared: one.eventsSquared + other.eventsSquared,
    eventsByTrials: one.eventsByTrials + other.eventsByTrials,
    trialsSquared: one.trialsSquared + other.trialsSquared,
  }
}

export function addedFacts(all: readonly ScenarioFacts[]): ScenarioFacts {
  const sum = (name: 'judged' | 'undecided' | 'unclocked' | 'unpromised'): number =>
    total(all.map((facts) => facts[name] ?? 0))
  const unpromised = sum('unpromised')
  return {
    judged: sum('judged'),
    undecided: sum('undecided'),
    unclocked: sum('unclocked'),
    ...(unpromised === 0 ? {} : { unpromised }),
    intolerable: [...new Set(all.flatMap(({ intolerable }) => intolerable))],
    ended: all.every(({ ended }) => ended),
    violated: all.some(({ violated }) => violated),
  }
}

/** What had to happen, by how often it did in all parts. What each part breaks by itself has to be seen in each. */
export function addedGuards(
  scenarios: readonly Pick<RecordedScenario, 'guards'>[],
): readonly GuardResult[] {
  const groups = Map.groupBy(
    scenarios.flatMap(({ guards }) => guards),
    ({ name }) => name,
  )
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    if (first === undefined) return []
    const needed = group.map((guard) => guard.needed)
    return [
      {
        ...first,
        needed: first.everyShard === true ? total(needed) : Math.max(...needed),
        seen: total(group.map((guard) => guard.seen)),
      },
    ]
  })
}

export function addedPairs(all: readonly Pairs[]): readonly Pairs[] {
  const groups = Map.groupBy(all, ({ scenario, attack, first, second, nodes }) =>
    JSON.stringify([scenario, attack, first, second, nodes]),
  )
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    if (first === undefined) return []
    const sum = (name: 'accepted' | 'refused' | 'unavailable' | 'undecided'): number =>
      total(group.map((each) => each[name]))
    return [
      {
        ...first,
        accepted: sum('accepted'),
        refused: sum('refused'),
        unavailable: sum('unavailable'),
        undecided: sum('undecided'),
      },
    ]
  })
}

/** The largest leeway that any part saw. */
export function largest(all: readonly Leeway[]): readonly Leeway[] {
  const groups = Map.groupBy(all, ({ part, party }) => JSON.stringify([part, party]))
  return [...groups.values()].flatMap(([first, ...others]) =>
    first === undefined
      ? []
      : [{ ...first, seenMs: Math.max(first.seenMs, ...others.map(({ seenMs }) => seenMs)) }],
  )
}

export function addedLate(all: readonly Late[]): readonly Late[] {
  const groups = Map.groupBy(all, ({ part, party, needsMs, cell, instead, conviction, nodes }) =>
    JSON.stringify([
      part,
      party,
      needsMs,
      cell,
      instead,
      conviction?.finding,
      conviction?.scenario,
      nodes,
    ]),
  )
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    return first === undefined ? [] : [{ ...first, times: total(group.map(({ times }) => times)) }]
  })
}

function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0)
}
