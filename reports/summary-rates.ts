/** The rates of a run as a table, scenario by scenario. */
import type { Rate } from '../harness/model/record.ts'
import type { Metric } from '../harness/model/counts.ts'
import { excerpt, told } from './escape.ts'
import { estimate, percent } from './figures.ts'
import { columns, wrap } from './layout.ts'
import { plain, type Brush } from './paint.ts'

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
 * nought. `code` marks what is judged by the target's own clock and reach. A terminal that is too narrow for all of it
 * gets what cannot be read from the rest.
 */
export function rateLines(rates: readonly Rate[], brush: Brush): readonly string[] {
  if (rates.length === 0) return []
  const scenarios = [...Map.groupBy(shownRates(rates), (rate) => rate.scenario)]
  const named = (scenario: string): string => brush.bold(excerpt(scenario, 60))
  const whole = columns(
    [
      HEAD.map(brush.dim),
      ...scenarios.flatMap(([name, shown]) => [
        [named(name)],
        ...shown.map((rate) => row(rate, brush)),
      ]),
    ],
    { right: [3, 4] },
  )
  if (isWithin(whole, brush)) return whole
  return scenarios.flatMap(([name, shown]) => [`  ${named(name)}`, ...narrowLines(shown, brush)])
}

function isWithin(lines: readonly string[], brush: Brush): boolean {
  return lines.every((line) => plain(line).length <= brush.columns)
}

/** A line for each rate, or, where one of them would not fit, its name above what was seen. */
function narrowLines(rates: readonly Rate[], brush: Brush): readonly string[] {
  const rows = rates.map((rate) => narrow(rate, brush))
  const lines = columns(rows)
  if (isWithin(lines, brush)) return lines
  return rows.flatMap(([metric = '', of = '', seen = '']) => [
    ...wrap(`${metric.trim()}, ${of}`, '    ', { ...brush, hang: 2 }),
    ...wrap(seen, '        ', { ...brush, hang: 2 }),
  ])
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
  const { upper95, coverage, unit } = rate
  return [
    ...narrow(rate, brush).slice(0, 2),
    seenText(rate, brush),
    percent(upper95),
    percent(coverage),
    told(unit),
  ]
}

/** The unit stands with the counts where it matters, and what got no clear answer where there is any. */
function narrow(rate: Rate, brush: Brush): readonly string[] {
  const { metric, frame, attack, phase, node, coverage } = rate
  const of = [
    attack ?? 'honest',
    phase === 'steady' ? null : phase,
    node,
    frame === 'code' ? 'code' : null,
  ]
  const unclear = coverage < 1 ? brush.dim(`, ${percent(coverage)} answered clearly`) : ''
  return [
    `  ${METRICS[metric]}`,
    excerpt(of.filter((part) => part !== null).join(', '), MOST_OF),
    `${seenText(rate, brush)}${unclear}`,
  ]
}

/** A class of attack is named by a file, and no longer than anybody reads. */
const MOST_OF = 48

function seenText(rate: Rate, brush: Brush): string {
  const { metric, events } = rate
  const seen = estimate(rate)
  return events > 0 && (metric === 'far' || metric === 'frr') ? brush.red(seen) : seen
}
