/** Settling what waited to be known: second acceptances after the end, once it is seen how long first ones are accepted. */
import type { Cell, CellName } from '../model/counts.ts'
import type { Late, Leeway } from '../model/verdict.ts'

export interface Settled {
  readonly cells: readonly Cell[]
  /** What has become a conviction, each so many times. */
  readonly convicted: readonly Late[]
  /** What a larger leeway still would make one. */
  readonly waiting: readonly Late[]
}

/**
 * Whoever accepts a first presentation so long after its end must remember for as long. Each second acceptance that needs
 * less than was seen is a false accept in its cell of the code's frame, and convicts.
 */
export function settled(
  late: readonly Late[],
  leeways: readonly Leeway[],
  cells: readonly Cell[],
): Settled {
  const seen = new Map(leeways.map(({ part, seenMs }) => [part, seenMs]))
  const isDue = ({ part, needsMs }: Late): boolean => needsMs < (seen.get(part) ?? 0)
  const convicted = late.filter(isDue)
  return {
    cells: cells.map((cell) => {
      const times = convicted.reduce(
        (sum, each) => sum + (isIn(each.cell, cell) ? each.times : 0),
        0,
      )
      return times === 0 ? cell : withEvents(cell, times)
    }),
    convicted,
    waiting: late.filter((each) => !isDue(each)),
  }
}

function isIn(name: CellName | null, cell: Cell): boolean {
  return (
    name !== null &&
    (['metric', 'frame', 'scenario', 'attack', 'phase', 'node'] as const).every(
      (member) => name[member] === cell[member],
    )
  )
}

/**
 * In which units they lay is not known any more. They are taken to fill whole ones, as what has one cause does, which
 * makes the interval no shorter than it was; where each unit has one trial it is so.
 */
function withEvents(cell: Cell, times: number): Cell {
  const { trials, over } = cell
  const size = trials === 0 ? 0 : over.trialsSquared / trials
  return {
    ...cell,
    events: cell.events + times,
    worst: cell.worst + times,
    over: {
      ...over,
      eventsSquared: over.eventsSquared + times * size,
      eventsByTrials: over.eventsByTrials + times * size,
    },
  }
}
