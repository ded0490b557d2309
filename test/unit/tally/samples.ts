import type { Unit, UnitSums } from '../../../harness/model/counts.ts'
import type { Sample } from '../../../harness/tally/units.ts'

/** Events of trials in one unit. */
export type Counted = readonly [events: number, trials: number]

export function sumsOver(units: readonly Counted[]): UnitSums {
  return {
    units: units.length,
    eventsSquared: units.reduce((sum, [events]) => sum + events ** 2, 0),
    eventsByTrials: units.reduce((sum, [events, trials]) => sum + events * trials, 0),
    trialsSquared: units.reduce((sum, [, trials]) => sum + trials ** 2, 0),
  }
}

/** What a judge would have counted in these units. */
export function sampleOf(unit: Unit, units: readonly Counted[]): Sample {
  return {
    unit,
    events: units.reduce((sum, [events]) => sum + events, 0),
    trials: units.reduce((sum, [, trials]) => sum + trials, 0),
    over: sumsOver(units),
  }
}

/** Quick seeded draws for simulations: the harness's own hash each value, which a million of them need not. Mulberry32. */
export function draws(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
