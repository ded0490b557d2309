/** Settling what waited to be known: second acceptances after the end, once it is seen how long first ones are accepted. */
import type { Cell, CellName } from '../model/counts.ts'
import type { Conviction, Late, Leeway } from '../model/verdict.ts'

export interface Settled {
  readonly cells: readonly Cell[]
  /** What has become a conviction, and how often. */
  readonly convicted: readonly { readonly conviction: Conviction; readonly times: number }[]
  /** What a larger leeway still would settle. */
  readonly waiting: readonly Late[]
}

/**
 * The cells of one part, with an empty one of the code's frame wherever something waits for which there is none: there the
 * code's frame counts nothing yet, which must not be taken for counting what the world's does.
 */
export function withWaiting(cells: readonly Cell[], late: readonly Late[]): readonly Cell[] {
  const waiting = late.flatMap(({ cell }) => cell ?? [])
  const lacking = waiting.filter((name) => !cells.some((cell) => isNamed(cell, name)))
  const empty = cells
    .map((cell): Cell => ({ ...cell, ...NOTHING, frame: 'code' }))
    .filter((cell) => lacking.some((name) => isNamed(cell, name)))
  return [...cells, ...empty]
}

const NOTHING = {
  events: 0,
  trials: 0,
  owed: 0,
  worst: 0,
  over: { units: 0, eventsSquared: 0, eventsByTrials: 0, trialsSquared: 0 },
} as const

/**
 * Whoever accepts a first presentation so long after its end must remember for as long. Each second acceptance that needs
 * less than was seen is a false accept of the code's frame, and convicts.
 *
 * @param cells Of all parts, added up. Those of single nodes stay as they were.
 */
export function settled(
  late: readonly Late[],
  leeways: readonly Leeway[],
  cells: readonly Cell[],
): Settled {
  const isDue = ({ part, party, needsMs }: Late): boolean =>
    leeways.some((each) => each.part === part && each.party === party && needsMs < each.seenMs)
  const due = late.filter(isDue)
  return {
    cells: cells.map((cell) => {
      const world = cells.find((each) => isNamed(each, { ...cell, frame: 'world' })) ?? cell
      const own = due.filter(({ cell: name }) => name !== null && isNamed(cell, name))
      return own.length === 0 ? cell : gaining(cell, own, world)
    }),
    convicted: due.flatMap(({ conviction, times }) =>
      conviction === null ? [] : [{ conviction, times }],
    ),
    waiting: late.filter((each) => !isDue(each)),
  }
}

function isNamed(cell: Cell, name: CellName): boolean {
  return (['metric', 'frame', 'scenario', 'attack', 'phase', 'node'] as const).every(
    (member) => name[member] === cell[member],
  )
}

/**
 * Once the code's frame counts what the world's does, it counts it in the same units. Before that it is not known any more
 * in which they lie. They are taken to fill whole ones, as what has one cause does, which makes the interval no shorter
 * than it is; where each unit has one trial they do.
 */
function gaining(cell: Cell, late: readonly Late[], world: Cell): Cell {
  const times = (which: (each: Late) => boolean): number =>
    late.filter(which).reduce((sum, each) => sum + each.times, 0)
  const all = times(() => true)
  const fresh = times(({ instead }) => instead !== 'other')
  const events = cell.events + all
  const trials = cell.trials + fresh
  const owed = cell.owed + times(({ instead }) => instead === null)
  const counts = { events, trials, owed, worst: events + owed - trials }
  if (isSame(world, counts)) return { ...cell, ...counts, over: world.over }
  const { over } = cell
  const size = world.trials === 0 ? 1 : world.over.trialsSquared / world.trials
  return {
    ...cell,
    ...counts,
    over: {
      units: over.units + Math.ceil(fresh / size),
      eventsSquared: over.eventsSquared + all * size,
      eventsByTrials: over.eventsByTrials + all * size,
      trialsSquared: over.trialsSquared + fresh * size,
    },
  }
}

function isSame(one: Cell, other: Pick<Cell, 'events' | 'trials' | 'owed'>): boolean {
  return one.events === other.events && one.trials === other.trials && one.owed === other.owed
}

/**
 * The code's frame is told where it differs from the world's, or where a gate asks for it; and no cell in which nothing
 * was owed.
 *
 * @param bothFrames Scenarios with a gate on the code's frame, by name.
 */
export function told(cells: readonly Cell[], bothFrames: ReadonlySet<string>): readonly Cell[] {
  return cells.filter((cell) => {
    if (cell.owed === 0) return false
    if (cell.frame === 'world' || bothFrames.has(cell.scenario)) return true
    const world = cells.find((each) => isNamed(each, { ...cell, frame: 'world' }))
    return world === undefined || !isSame(world, cell)
  })
}
