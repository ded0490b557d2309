/** Which of the selected work one shard does: checks and properties by name, and whole repetitions of scenarios. */
import { CupelError } from '../harness/errors.ts'
import type { Check } from '../harness/model/check.ts'
import type { PlannedWork } from '../harness/model/judging.ts'
import type { Property } from '../harness/model/property.ts'
import type { Scenario } from '../harness/model/scenario.ts'
import { dealt } from '../harness/plan/shard.ts'
import type { Selection } from './select.ts'

export interface Piece {
  readonly checks: readonly Check[]
  readonly properties: readonly Property[]
  /** Each with the numbers of its repetitions, from 0; those without any are left out. */
  readonly scenarios: readonly {
    readonly scenario: Scenario
    readonly repetitions: readonly number[]
  }[]
}

/**
 * A repetition is never cut: what lies between two uses of an assertion, how many come at once and what is broken
 * meanwhile are what a scenario asks about.
 *
 * @throws {CupelError} ERR_CONFIG_INVALID where a shard would have nothing to do.
 */
export function pieceOf(
  { checks, properties, scenarios }: Selection,
  repeat: number,
  shard: PlannedWork['shard'],
): Piece {
  const all = scenarios.flatMap((scenario) =>
    Array.from({ length: repeat }, (_, repetition) => ({ scenario, repetition })),
  )
  const own = dealt(all, ({ scenario, repetition }) => `${scenario.name}/${repetition}`, shard)
  const piece = {
    checks: dealt(checks, ({ id }) => id, shard),
    properties: dealt(properties, ({ name }) => name, shard),
    scenarios: [...Map.groupBy(own, ({ scenario }) => scenario)].map(([scenario, group]) => ({
      scenario,
      repetitions: group.map(({ repetition }) => repetition),
    })),
  }
  const size = piece.checks.length + piece.properties.length + piece.scenarios.length
  if (size > 0 || shard === null) return piece
  throw new CupelError(
    'ERR_CONFIG_INVALID',
    `shard ${shard.index}/${shard.of} has nothing to do: there are only ${all.length + properties.length + checks.length} pieces of work`,
    {
      hint: 'Use fewer shards, or --repeat scenarios: a check, a property and each repetition of a scenario are one piece.',
    },
  )
}
