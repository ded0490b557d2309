/** The rates of a run as a table, scenario by scenario. */
import type { Rate } from '../harness/model/record.ts'
import type { Metric } from '../harness/model/counts.ts'
import { excerpt, told } from './escape.ts'
import { estimate, percent } from './figures.ts'
import { columns } from './layout.ts'
import type { Brush } from './paint.ts'

export const METRICS: Readonly<Record<Metric, string>> = {
  far: 'false accepts',
  frr: 'false rejects',
  unavailability: 'unavailable',
  inconclusive: 'undecided',
  'replay-acceptance': 'replays taken',
}

/** The rates worth telling, scenario by scenario: those over all nodes where there are any, without most counts of nought. */
export function shownRates(rates: readonly Rate[]): readonly Rate[] {
  return [...Map.groupBy(rates, (rate) => rate.scenario).values()].flatMap((group) => {
    const pooled = group.filter((rate) => rate.node === null)
    return (pooled.length > 0 ? pooled : group).filter(telling).toSorted(byMetric)
  })
}

/**
 * Each rate with counts, interval, bound, coverage and what it counts. Where a scenario has rates over all nodes, those
 * of single nodes are left to the record, and so are the seconds in which a fault came or went, and most counts of
 * nought. `code` marks what is judged by the target's own clock and reach.
 */
export function rateLines(rates: readonly Rate[], brush: Brush): readonly string[] {
  if (rates.length === 0) return []
  const rows: (readonly string[])[] = [HEAD.map(brush.dim)]
  for (const [scenario, shown] of Map.groupBy(shownRates(rates), (rate) => rate.scenario)) {
    rows.push([brush.bold(excerpt(scenario, 60))])
    rows.push(...shown.map((rate) => row(rate, brush)))
  }
  return columns(rows, { right: [3, 4] })
}

/** Of attacks how often they got through, of honest traffic how often it was refused, and whatever else came to pass. */
function telling({ metric, attack, events, trials, phase }: Rate): boolean {
  if (phase === 'transition') return false
  if (events > 0) return true
  if (attack === null) return metric === 'frr'
  return metric === 'far' && (trials > 0 || phase === 'during' || phase === 'steady')
}

function byMetric(a: Rate, b: Rate): number {
  return ORDER.indexOf(a.metric) - ORDER.indexOf(b.metric)
}

const ORDER: readonly Metric[] = [
  'far',
  'replay-acceptance',
  'frr',
  'unavailability',
  'inconclusive',
]

const HEAD = ['', 'of', 'seen', 'at most', 'coverage', 'unit'] as const

function row(rate: Rate, brush: Brush): readonly string[] {
  const { metric, frame, attack, phase, node, events, upper95, coverage, unit } = rate
  const wrong = events > 0 && (metric === 'far' || metric === 'frr')
  const seen = estimate(rate)
  const of = [
    attack ?? 'honest',
    phase === 'steady' ? null : phase,
    node,
    frame === 'code' ? 'code' : null,
  ]
  return [
    `  ${METRICS[metric]}`,
    excerpt(of.filter((part) => part !== null).join(', '), 26),
    wrong ? brush.red(seen) : seen,
    percent(upper95),
    percent(coverage),
    told(unit),
  ]
}
