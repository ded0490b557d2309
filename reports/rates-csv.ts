/** The rates as a table for spreadsheets and notebooks (RFC 4180). */
import type { Rate, RunRecord } from '../harness/model/record.ts'
import type { ReportWriter } from '../harness/model/report.ts'
import { excerpt } from './escape.ts'
import { gateText, isLimitOf } from './gate-text.ts'
import { entryName } from './known.ts'

export const ratesCsv: ReportWriter = {
  name: 'csv',
  title: 'All rates with counts, intervals and bounds, for spreadsheets',
  file: 'rates.csv',
  render: (record) => {
    const standing = standingOf(record)
    const rows = record.rates.map((rate) => [...cells(rate), ...standing(rate).map(cell)])
    return [[...Object.keys(COLUMNS), ...STANDING], ...rows]
      .map((row) => `${row.join(',')}\r\n`)
      .join('')
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

type Value = string | number | null

/** Every member of a rate that is a figure or a name, in this order. */
const COLUMNS: Readonly<Record<string, (rate: Rate) => Value>> = {
  scenario: ({ scenario }) => scenario,
  metric: ({ metric }) => metric,
  attack: ({ attack }) => attack,
  phase: ({ phase }) => phase,
  node: ({ node }) => node,
  frame: ({ frame }) => frame,
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

function cells(rate: Rate): readonly string[] {
  return Object.values(COLUMNS).map((column) => cell(column(rate)))
}

/** Null is an empty cell. What a spreadsheet would take for a formula gets an apostrophe before it. */
function cell(value: Value): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const text = excerpt(value, 200)
  const safe = /^[=+\-@]/.test(text.trimStart()) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
