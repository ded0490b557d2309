/** The rates of a run as a table, scenario by scenario. */
import type { Rate } from '../harness/model/record.ts'
import type { Metric } from '../harness/model/verdict.ts'
import { escape, excerpt } from './escape.ts'
import { estimate, percent } from './figures.ts'
import { columns } from './layout.ts'
import type { Brush } from './paint.ts'

const METRICS: Readonly<Record<Metric, string>> = {
  far: 'false accepts',
  frr: 'false rejects',
  unavailability: 'unavailable',
  inconclusive: 'undecided',
  'replay-acceptance': 'replays taken',
}

/**
 * Each rate with counts, interval, bound, coverage and what it counts. Where a scenario has rates over all nodes, those
 * of single nodes are left to the record.
 */
export function rateLines(rates: readonly Rate[], brush: Brush): readonly string[] {
  if (rates.length === 0) return []
  const rows: (readonly string[])[] = [HEAD.map(brush.dim)]
  const scenarios = Map.groupBy(rates, (rate) => rate.scenario)
  for (const [scenario, group] of scenarios) {
    const pooled = group.filter((rate) => rate.node === null)
    rows.push([brush.bold(excerpt(scenario, 22))])
    rows.push(...(pooled.length > 0 ? pooled : group).map((rate) => row(rate, brush)))
  }
  return columns(padded(rows), { right: [4] })
}

const HEAD = ['rate', 'of', 'seen', 'below', 'answered', 'counted by'] as const

function row(rate: Rate, brush: Brush): readonly string[] {
  const { metric, frame, attack, phase, node, events, upper95, coverage, unit } = rate
  const wrong = events > 0 && (metric === 'far' || metric === 'frr')
  const seen = estimate(rate)
  return [
    `  ${METRICS[metric]}${frame === 'code' ? ', code' : ''}`,
    excerpt([attack ?? 'honest', phase, node].filter((part) => part !== null).join(', '), 24),
    wrong ? brush.red(seen) : seen,
    percent(upper95),
    percent(coverage),
    escape(unit),
  ]
}

/** Rows of one length: a short row would otherwise end the table's lines early. */
function padded(rows: readonly (readonly string[])[]): readonly (readonly string[])[] {
  return rows.map((cells) => [...cells, ...Array<string>(HEAD.length - cells.length).fill('')])
}
