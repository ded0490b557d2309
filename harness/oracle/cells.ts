/** Counts for rates: one cell for each population in each phase and frame. */
import type { Cell, Metric, Unit } from '../model/counts.ts'
import type { Phase } from '../model/scenario.ts'

/** Whose count it is. */
export interface Population {
  readonly metric: Metric
  readonly frame: 'world' | 'code'
  readonly scenario: string
  readonly attack: string | null
  readonly phase: Phase
  /** Null counts over all nodes. */
  readonly node: string | null
  readonly unit: Unit
}

/** `unknown` was owed an answer that would count, and gave none. */
export type Count = 'event' | 'other' | 'unknown'

export interface Cells {
  add(population: Population, count: Count): void
  /** @param bothFrames Scenarios that ask for the code's frame, by name; elsewhere it is told only where it differs. */
  conclude(bothFrames: ReadonlySet<string>): readonly Cell[]
}

interface Sum {
  readonly population: Population
  events: number
  trials: number
  owed: number
}

export function openCells(): Cells {
  const sums = new Map<string, Sum>()
  const places = new Map<string, number>()
  const opened = (name: string, population: Population): Sum => {
    const place = streamOf(population)
    if (!places.has(place)) places.set(place, places.size)
    const sum = { population, events: 0, trials: 0, owed: 0 }
    sums.set(name, sum)
    return sum
  }
  return {
    add(population, count) {
      const name = nameOf(population)
      const sum = sums.get(name) ?? opened(name, population)
      sum.owed += 1
      if (count !== 'unknown') sum.trials += 1
      if (count === 'event') sum.events += 1
    },
    conclude: (bothFrames) =>
      [...sums.values()]
        .filter(({ population }) => {
          if (population.frame === 'world' || bothFrames.has(population.scenario)) return true
          const world = sums.get(nameOf({ ...population, frame: 'world' }))
          return differs(sums.get(nameOf(population)), world)
        })
        .map(cell)
        .toSorted(inReadingOrder(places)),
  }
}

const METRICS: readonly Metric[] = [
  'far',
  'replay-acceptance',
  'frr',
  'unavailability',
  'inconclusive',
]
const PHASES: readonly (Phase | null)[] = [
  'steady',
  'before',
  'during',
  'after',
  'transition',
  null,
]

/** Populations in the order in which they were met, then phases in time, then what matters most; totals before nodes. */
function inReadingOrder(places: ReadonlyMap<string, number>): (a: Cell, b: Cell) => number {
  const place = (each: Cell): number => places.get(streamOf(each)) ?? places.size
  return (a, b) =>
    place(a) - place(b) ||
    PHASES.indexOf(a.phase) - PHASES.indexOf(b.phase) ||
    METRICS.indexOf(a.metric) - METRICS.indexOf(b.metric) ||
    compare(a.node ?? '', b.node ?? '') ||
    compare(b.frame, a.frame)
}

function compare(a: string, b: string): number {
  if (a < b) return -1
  return a > b ? 1 : 0
}

function streamOf({ scenario, attack }: Pick<Cell, 'scenario' | 'attack'>): string {
  return `${scenario}\n${attack ?? ''}`
}

function nameOf(population: Population): string {
  const { metric, frame, scenario, attack, phase, node, unit } = population
  return `${metric} ${frame} ${phase} ${unit} ${node ?? ''}\n${scenario}\n${attack ?? ''}`
}

function differs(one: Sum | undefined, other: Sum | undefined): boolean {
  return one?.events !== other?.events || one?.trials !== other?.trials || one?.owed !== other?.owed
}

function cell({ population, events, trials, owed }: Sum): Cell {
  const over = {
    units: trials,
    eventsSquared: events,
    eventsByTrials: events,
    trialsSquared: trials,
  }
  return { ...population, events, trials, owed, worst: events + owed - trials, over }
}
