/** Every rate that both runs have, with both samples, for spreadsheets and notebooks. */
import type { Comparison, RateChange } from '../harness/model/comparison.ts'
import { csv, type Value } from './csv.ts'
import { OF_WHAT } from './rates-csv.ts'

export function compareCsv({ rates }: Comparison): string {
  const rows = rates.map((rate) => Object.values(COLUMNS).map((column) => column(rate)))
  return csv(Object.keys(COLUMNS), rows)
}

/** Named as in `rates.csv`, those of each side after it. */
const COLUMNS: Readonly<Record<string, (rate: RateChange) => Value>> = {
  ...OF_WHAT,
  unit: ({ after }) => after.unit,
  ...side('before'),
  ...side('after'),
  chance: ({ chance }) => chance,
  adjusted: ({ adjusted }) => adjusted,
  worse: ({ worse }) => (worse ? 1 : 0),
}

function side(of: 'before' | 'after'): Readonly<Record<string, (rate: RateChange) => Value>> {
  const members = ['events', 'trials', 'effective', 'low', 'high', 'coverage'] as const
  return Object.fromEntries(
    members.map((member) => [`${of}_${member}`, (rate: RateChange) => rate[of][member]]),
  )
}
