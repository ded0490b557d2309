/** The rates as a table for spreadsheets and notebooks. */
import type { RateName } from '../harness/model/comparison.ts'
import type { Rate, RunRecord } from '../harness/model/record.ts'
import type { ReportWriter } from '../harness/model/report.ts'
import { csv, type Value } from './csv.ts'
import { gateText, isLimitOf } from './gate-text.ts'
import { entryName } from './known.ts'

export const ratesCsv: ReportWriter = {
  name: 'csv',
  title: 'All rates with counts, intervals and bounds, for spreadsheets',
  file: 'rates.csv',
  render: (record) => {
    const standing = standingOf(record)
    const rows = record.rates.map((rate) => [...values(rate), ...standing(rate)])
    return csv([...Object.keys(COLUMNS), ...STANDING], rows)
  },
}

/** Behind the figures: the limits that a rate was held against, and whether its scenario was expected to fail. */
const STANDING = ['gates', 'expected'] as const

function standingOf({ scenarios, expectations = [] }: RunRecord) {
  const gates = new Map(scenarios.map((each) => [each.name, each.gates]))
  const entries = new Map(expectations.map(({ entry, state }) => [entryName(entry), state]))
  return (rate: Rate): readonly [gates: string, expected: string | null] => [
    (gates.get(rate.scenario) ?? [])
      .filter(({ gate }) => isLimitOf(gate, rate))
      .map(({ gate, answer }) => `${gateText(gate)}: ${answer}`)
      .join('; '),
    entries.get(rate.scenario) ?? null,
  ]
}

/** What a rate is of, in the first columns of every table of rates. */
export const OF_WHAT: Readonly<Record<string, (rate: RateName) => Value>> = {
  scenario: ({ scenario }) => scenario,
  metric: ({ metric }) => metric,
  attack: ({ attack }) => attack,
  phase: ({ phase }) => phase,
  node: ({ node }) => node,
  frame: ({ frame }) => frame,
}

/** Every member of a rate that is a figure or a name, in this order. */
const COLUMNS: Readonly<Record<string, (rate: Rate) => Value>> = {
  ...OF_WHAT,
  unit: ({ unit }) => unit,
  events: ({ events }) => events,
  trials: ({ trials }) => trials,
  units: ({ over }) => over.units,
  effective: ({ effective }) => effective,
  low: ({ low }) => low,
  high: ({ high }) => high,
  lower95: ({ lower95 }) => lower95,
  upper95: ({ upper95 }) => upper95,
  coverage: ({ coverage }) => coverage,
  owed: ({ owed }) => owed,
  worst: ({ worst }) => worst,
}

function values(rate: Rate): readonly Value[] {
  return Object.values(COLUMNS).map((column) => column(rate))
}
