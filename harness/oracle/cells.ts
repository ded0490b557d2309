/** Counts for rates: one cell for each population in each phase and frame. */
import type { Cell, Metric, Unit } from '../model/verdict.ts'
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
  return {
    add(population, count) {
      const name = nameOf(population)
      const sum = sums.get(name) ?? { population, events: 0, trials: 0, owed: 0 }
      sums.set(name, sum)
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
        .map(cell),
  }
}

function nameOf(population: Population): string {
  const { metric, frame, scenario, attack, phase, node, unit } = population
  return JSON.stringify([metric, frame, scenario, attack, phase, node, unit])
}

function differs(one: Sum | undefined, other: Sum | undefined): boolean {
  return one?.events !== other?.events || one?.trials !== other?.trials || one?.owed !== other?.owed
}

function cell({ population, events, trials, owed }: Sum): Cell {
  return { ...population, events, trials, owed, worst: events + owed - trials }
}
