/** False accepts and false rejects along the time of a scenario, with the faults that were in force shaded. */
import { scaleLinear } from 'd3-scale'
import { curveStepAfter, line } from 'd3-shape'
import type { RecordedFault, RecordedSeries, RunRecord } from '../../harness/model/record.ts'
import { count, plural } from '../figures.ts'
import { markup, type Filling, type Markup } from '../markup.ts'
import { axes, chart, PLOT, r } from './chart.ts'
import { inForce, type Span } from './fault-spans.ts'
import { few, rest, section, short } from './told.ts'

/** How many charts, and how many steps of each, a page holds; more steps are put together. */
const MOST_CHARTS = 40
const MOST_STEPS = 300
/** As wide as a letter of a label is at most, nearly. */
const LETTER = 7

type List = 'owedAccept' | 'falseReject' | 'owedReject' | 'falseAccept' | 'unavailable'

const LINES = [
  {
    name: 'false accepts',
    among: 'of what must be refused',
    className: 'false-accept',
    wrong: 'falseAccept',
    of: 'owedReject',
  },
  {
    name: 'false rejects',
    among: 'of what must be accepted',
    className: 'false-reject',
    wrong: 'falseReject',
    of: 'owedAccept',
  },
  {
    name: 'unavailable',
    among: 'of what must be accepted',
    className: 'unavailable',
    wrong: 'unavailable',
    of: 'owedAccept',
  },
] as const satisfies readonly {
  readonly name: string
  readonly among: string
  readonly className: string
  readonly wrong: List
  readonly of: List
}[]

export function overTimeSection(record: RunRecord): Filling {
  const series = record.series.filter((each) => each.owedAccept.length > 0)
  if (series.length === 0) return null
  const loud = series.filter((each) => telling(each, record.faults))
  const heard = new Set(loud.map(({ scenario }) => scenario))
  const quiet = new Set(
    series.map(({ scenario }) => scenario).filter((scenario) => !heard.has(scenario)),
  )
  const shown = few(
    loud.toSorted((a, b) => Number(a.node !== null) - Number(b.node !== null)),
    MOST_CHARTS,
  )
  const scenarios = Map.groupBy(shown, ({ scenario }) => scenario)
  return section('over-time', 'Over time', [
    markup`<ul class="key">${LINES.map(({ name, among, className }) => markup`<li><svg viewBox="0 0 28 10" aria-hidden="true"><path class="${className}" d="M0 5H28"/></svg>${name}, ${among}</li>`)}<li><svg viewBox="0 0 28 10" aria-hidden="true"><rect class="fault" width="28" height="10"/></svg>a fault in force</li></ul>`,
    [...scenarios].map(([scenario, all]) => ofScenario(scenario, all, record.faults)),
    rest(loud, MOST_CHARTS),
    quiet.size === 0
      ? null
      : markup`<p class="dim">At no time anything false or missing, and no fault: ${short([...quiet].join(', '), 600)}.</p>`,
  ])
}

/** Whether there is anything to see: something wrong, or a fault that might have caused it. */
function telling(series: RecordedSeries, faults: readonly RecordedFault[]): boolean {
  const wrong = LINES.some(({ wrong: list }) => series[list].some((number) => number > 0))
  return wrong || (series.node === null && ofSeries(faults, series).length > 0)
}

function ofSeries(
  faults: readonly RecordedFault[],
  { scenario, runId }: RecordedSeries,
): readonly RecordedFault[] {
  return faults.filter((fault) => fault.scenario === scenario && fault.runId === runId)
}

function ofScenario(
  scenario: string,
  all: readonly RecordedSeries[],
  faults: readonly RecordedFault[],
): Markup {
  const [whole, nodes] = [
    all.filter(({ node }) => node === null),
    all.filter(({ node }) => node !== null),
  ]
  return markup`<h3>${short(scenario, 80)}</h3>${whole.map((each) => along(each, faults))}${
    nodes.length === 0
      ? null
      : markup`<details><summary>Node by node (${plural(nodes.length, 'node')} with something to see)</summary>${nodes.map((each) => markup`<h4>${short(each.node ?? '', 60)}</h4>${along(each, faults)}`)}</details>`
  }`
}

function along(series: RecordedSeries, faults: readonly RecordedFault[]): Markup {
  const steps = together(series)
  const endMs = series.startMs + series.owedAccept.length * series.stepMs
  const x = scaleLinear([series.startMs, endMs], [PLOT.left, PLOT.right])
  const y = scaleLinear([0, 1], [PLOT.bottom, PLOT.top])
  const spans = inForce(ofSeries(faults, series), series.startMs, endMs)
  const title = `${short(series.scenario, 80)}${series.node === null ? '' : `, ${short(series.node, 40)}`} over time`
  return chart({ title, says: says(series) }, [
    staggered(spans, x).map(
      ({ name, fromMs, toMs, low }) =>
        markup`<rect class="fault" x="${r(x(fromMs))}" y="${PLOT.top}" width="${r(Math.max(2, x(toMs) - x(fromMs)))}" height="${PLOT.bottom - PLOT.top}"/><text class="fault" x="${r(x(fromMs) + 3)}" y="${PLOT.top - (low ? 3 : 14)}">${short(name, 50)}</text>`,
    ),
    axes(
      PLOT,
      x.ticks(8).map((ms) => ({ at: x(ms), text: String(ms / 1000) })),
      [0, 0.25, 0.5, 0.75, 1].map((share) => ({ at: y(share), text: `${share * 100} %` })),
      'seconds since the run began',
    ),
    LINES.map(({ className, wrong, of }) => {
      const path = line<Step>()
        .defined((step) => step[of] > 0)
        .x((step) => r(x(step.atMs)))
        .y((step) => r(y(Math.min(1, step[wrong] / step[of]))))
        .curve(curveStepAfter)(ended(steps, endMs))
      return path === null || path === '' ? null : markup`<path class="${className}" d="${path}"/>`
    }),
  ])
}

/** Labels beside one another, and a little lower where one would stand upon the one before. */
function staggered(
  spans: readonly Span[],
  x: (ms: number) => number,
): readonly (Span & { readonly low: boolean })[] {
  let free = -Infinity
  return spans.map((span) => {
    const at = x(span.fromMs)
    const low = at < free
    free = low ? -Infinity : at + span.name.length * LETTER
    return { ...span, low }
  })
}

type Step = Readonly<Record<List, number>> & { readonly atMs: number }

/** The last step again at its own end, so that it is drawn as wide as every other. */
function ended(steps: readonly Step[], endMs: number): Step[] {
  const last = steps.at(-1)
  return last === undefined ? [] : [...steps, { ...last, atMs: endMs }]
}

/** As many steps as a screen can show; what is put together is added up. */
function together(series: RecordedSeries): readonly Step[] {
  const many = series.owedAccept.length
  const size = Math.max(1, Math.ceil(many / MOST_STEPS))
  return Array.from({ length: Math.ceil(many / size) }, (_, index) => {
    const sum = (list: List): number =>
      series[list].slice(index * size, (index + 1) * size).reduce((a, b) => a + b, 0)
    return {
      atMs: series.startMs + index * size * series.stepMs,
      owedAccept: sum('owedAccept'),
      falseReject: sum('falseReject'),
      owedReject: sum('owedReject'),
      falseAccept: sum('falseAccept'),
      unavailable: sum('unavailable'),
    }
  })
}

function says(series: RecordedSeries): string {
  return LINES.map(({ name, wrong, of }) => {
    const sum = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0)
    return `${count(sum(series[wrong]))} ${name} of ${count(sum(series[of]))}`
  }).join(', ')
}
