/** Which rates rose from one record to another by more than chance makes likely among so many. */
import type { Metric } from '../model/counts.ts'
import type { Proportion, RateChange, RateName } from '../model/comparison.ts'
import type { Rate } from '../model/record.ts'
import { adjusted, largerByChance } from './two-samples.ts'

/** The share of what is found worse that may be so by chance. */
export const FALSE_DISCOVERY_RATE = 0.05

/** Of these more is worse. How much stayed undecided says as much about the harness and the network. */
const COMPARED: readonly Metric[] = ['far', 'frr', 'unavailability', 'replay-acceptance']

export interface RateChanges {
  readonly compared: readonly RateChange[]
  readonly onlyBefore: readonly RateName[]
  readonly onlyAfter: readonly RateName[]
}

/**
 * Every rate that both have with a trial. What met the coming or going of a fault is not compared. A rate in the code's
 * frame is told only where it differs from the world's, so that where it is missing the world's stands for it.
 */
export function rateChanges(before: readonly Rate[], after: readonly Rate[]): RateChanges {
  const [old, now] = [known(before), known(after)]
  const names = new Map([...old, ...now])
  const pairs = [...names].map(([key, rate]) => ({
    name: nameOf(rate),
    before: old.get(key) ?? old.get(keyOf({ ...rate, frame: 'world' })),
    after: now.get(key) ?? now.get(keyOf({ ...rate, frame: 'world' })),
  }))
  const both = pairs.flatMap(({ name, before: one, after: other }) =>
    one === undefined || other === undefined ? [] : [{ name, before: one, after: other }],
  )
  const chances = both.map((pair) => largerByChance(pair.before, pair.after))
  const values = adjusted(chances)
  const changes = both.map((pair, index): RateChange => {
    const value = values[index] ?? 1
    return {
      ...pair.name,
      before: proportion(pair.before),
      after: proportion(pair.after),
      chance: chances[index] ?? 1,
      adjusted: value,
      worse: value <= FALSE_DISCOVERY_RATE,
    }
  })
  return {
    compared: changes.toSorted((a, b) => a.chance - b.chance),
    onlyBefore: pairs.filter((pair) => pair.after === undefined).map(({ name }) => name),
    onlyAfter: pairs.filter((pair) => pair.before === undefined).map(({ name }) => name),
  }
}

function known(rates: readonly Rate[]): ReadonlyMap<string, Rate> {
  return new Map(
    rates
      .filter(
        ({ metric, phase, trials }) =>
          COMPARED.includes(metric) && phase !== 'transition' && trials > 0,
      )
      .map((rate) => [keyOf(rate), rate]),
  )
}

function keyOf({ metric, frame, scenario, attack, phase, node }: RateName): string {
  return JSON.stringify([metric, frame, scenario, attack, phase, node])
}

function nameOf({ metric, frame, scenario, attack, phase, node }: RateName): RateName {
  return { metric, frame, scenario, attack, phase, node }
}

function proportion({ events, trials, effective, low, high, coverage, unit }: Rate): Proportion {
  return { events, trials, effective, low, high, coverage, unit }
}
