/** How long answers took, from when each request was due; and the rate at which they stopped being right and in time. */
import { scaleLinear, scaleLog } from 'd3-scale'
import { line } from 'd3-shape'
import type { Json } from '../../harness/model/plan.ts'
import type { Latency, RunRecord } from '../../harness/model/record.ts'
import { count, milliseconds } from '../figures.ts'
import { markup, type Filling } from '../markup.ts'
import { memberOf } from '../members.ts'
import { axes, chart, PLOT, r } from './chart.ts'
import { few, rest, row, section, short, table } from './told.ts'

const MOST = 100
/** Which lines have their names beside them: those of the slowest scenarios. */
const NAMED = 3

export function latencySection(record: RunRecord): Filling {
  const due = record.latency.filter(({ from }) => from === 'due')
  if (due.length === 0) return null
  return section('latency', 'Latency', [
    markup`<p>From when a request was due to the end of its answer, which is what a client that keeps to its schedule waits; behind it from when it was begun, which is what the target took. Requests without an answer are in neither.</p>`,
    curves(due),
    table(
      'Latency',
      ['scenario', 'median', '99 %', 'longest', 'of the target alone: median', '99 %', 'longest'],
      few(due, MOST).map((each) => {
        const begun = record.latency.find(
          ({ scenario, from }) => scenario === each.scenario && from === 'begun',
        )
        return row([short(each.scenario, 60), ...figures(each), ...figures(begun)])
      }),
    ),
    rest(due, MOST),
    record.scenarios.map(({ name, conclusion }) => climbOf(name, conclusion)),
  ])
}

function figures(latency: Latency | undefined): readonly string[] {
  if (latency === undefined) return ['', '', '']
  return [latency.p50Ms, latency.p99Ms, latency.maxMs].map(milliseconds)
}

/** Percentiles stand as far apart as each leaves out: 90, 99 and 99.9 % are at equal distances. */
function curves(all: readonly Latency[]): Filling {
  const known = all.filter(({ curve }) => curve !== undefined && curve.length > 1)
  if (known.length === 0) return null
  const slowest = known.toSorted((a, b) => b.p99Ms - a.p99Ms)
  const most = Math.max(1, ...known.map(({ maxMs }) => maxMs))
  const least = Math.max(0.01, Math.min(...known.map(({ p50Ms }) => p50Ms)))
  const rank = scaleLinear([Math.log10(2), 4.3], [PLOT.left, PLOT.right - 110])
  const x = (percentile: number): number => rank(Math.min(4.3, -Math.log10(1 - percentile / 100)))
  const y = scaleLog([least / 1.3, most * 1.3], [PLOT.bottom, PLOT.top])
  const path = line<{ readonly percentile: number; readonly ms: number }>()
    .x(({ percentile }) => r(x(percentile)))
    .y(({ ms }) => r(y(Math.max(least, ms))))
  return chart(
    {
      title: 'Latency by percentile',
      says: `The slowest at 99 % is ${short(slowest[0]?.scenario ?? '', 60)} with ${milliseconds(slowest[0]?.p99Ms ?? 0)}; the table after it has all.`,
    },
    [
      axes(
        PLOT,
        [50, 90, 99, 99.9, 99.99].map((each) => ({ at: x(each), text: `${each} %` })),
        powers(least, most).map((ms) => ({ at: y(ms), text: milliseconds(ms) })),
        'percentile of answers',
      ),
      slowest
        .map(({ curve, scenario }, index) => {
          const named = index < NAMED
          const end = curve?.at(-1)
          return markup`<path class="${named ? 'slow' : 'plain'}" d="${path([...(curve ?? [])]) ?? ''}"/>${
            named && end !== undefined
              ? markup`<text class="strong" x="${r(x(100) + 4)}" y="${r(y(Math.max(least, end.ms)) + 4 + (index - 1) * 13)}">${short(scenario, 17)}</text>`
              : null
          }`
        })
        .toReversed(),
    ],
  )
}

/** The powers of ten within a range of milliseconds. */
function powers(least: number, most: number): readonly number[] {
  return [0.01, 0.1, 1, 10, 100, 1_000, 10_000, 100_000].filter(
    (ms) => ms >= least / 1.3 && ms <= most * 1.3,
  )
}

interface Rung {
  readonly perSecond: number
  readonly p50: number
  readonly p99: number
  /** So many of so many, in words: false accepts, false rejects, without an answer. */
  readonly wrong: readonly string[]
}

/** What a climb of rates concluded with, where a scenario is one. */
function climbOf(scenario: string, conclusion: Json | undefined): Filling {
  const rungs = rungsIn(conclusion)
  if (rungs.length < 2) return null
  const says = memberOf(conclusion, 'says')
  const x = scaleLog(
    [
      Math.min(...rungs.map(({ perSecond }) => perSecond)),
      Math.max(...rungs.map(({ perSecond }) => perSecond)) * 1.1,
    ],
    [PLOT.left + 10, PLOT.right],
  )
  const most = Math.max(1, ...rungs.map(({ p99 }) => p99))
  const y = scaleLog(
    [Math.max(0.01, Math.min(...rungs.map(({ p50 }) => p50))) / 1.3, most * 1.3],
    [PLOT.bottom, PLOT.top],
  )
  const path = (of: 'p50' | 'p99'): string =>
    line<Rung>()
      .x(({ perSecond }) => r(x(perSecond)))
      .y((rung) => r(y(Math.max(0.01, rung[of]))))([...rungs]) ?? ''
  const told = typeof says === 'string' ? short(says, 200) : ''
  return markup`<h3>${short(scenario, 60)}: which rate it takes</h3><p>${told}</p><ul class="key"><li><svg viewBox="0 0 28 10" aria-hidden="true"><path class="false-reject" d="M0 5H28"/></svg>median</li><li><svg viewBox="0 0 28 10" aria-hidden="true"><path class="slow" d="M0 5H28"/></svg>99 %</li><li><svg viewBox="0 0 28 10" aria-hidden="true"><line class="right" x2="28" y1="5" y2="5"/></svg>all right up to here</li><li><svg viewBox="0 0 28 10" aria-hidden="true"><line class="knee" x2="28" y1="5" y2="5"/></svg>stopped here</li></ul>${chart(
    { title: `Latency by rate in ${short(scenario, 60)}`, says: told },
    [
      axes(
        PLOT,
        rungs.map(({ perSecond }) => ({ at: x(perSecond), text: count(Math.round(perSecond)) })),
        powers(0.01, most).map((ms) => ({ at: y(ms), text: milliseconds(ms) })),
        'requests a second',
      ),
      upright(memberOf(conclusion, 'rightUpTo'), 'right', x),
      upright(memberOf(conclusion, 'stoppedAt'), 'knee', x),
      markup`<path class="false-reject" d="${path('p50')}"/><path class="slow" d="${path('p99')}"/>`,
    ],
  )}${table(
    `What came of each rate in ${short(scenario, 60)}`,
    ['at', 'false accepts', 'false rejects', 'unavailable', 'median', '99 %'],
    rungs.map(({ perSecond, wrong, p50, p99 }) =>
      row([`${count(Math.round(perSecond))}/s`, ...wrong, milliseconds(p50), milliseconds(p99)]),
    ),
  )}`
}

function upright(at: Json | undefined, className: string, x: (value: number) => number): Filling {
  if (typeof at !== 'number' || at <= 0) return null
  return markup`<line class="${className}" x1="${r(x(at))}" x2="${r(x(at))}" y1="${PLOT.top}" y2="${PLOT.bottom}"/>`
}

function rungsIn(conclusion: Json | undefined): readonly Rung[] {
  const rungs = memberOf(conclusion, 'rungs')
  if (!Array.isArray(rungs)) return []
  return few(rungs, MOST).flatMap((rung: Json) => {
    const [perSecond, p50, p99] = ['perSecond', 'fromDueP50Ms', 'fromDueP99Ms'].map((name) =>
      memberOf(rung, name),
    )
    return typeof perSecond === 'number' &&
      perSecond > 0 &&
      typeof p50 === 'number' &&
      typeof p99 === 'number'
      ? [{ perSecond, p50, p99, wrong: WRONG.map((metric) => shareOf(rung, metric)) }]
      : []
  })
}

const WRONG = ['far', 'frr', 'unavailability'] as const

function shareOf(rung: Json, metric: (typeof WRONG)[number]): string {
  const rate = memberOf(memberOf(rung, 'rates'), metric)
  const [events, trials] = [memberOf(rate, 'events'), memberOf(rate, 'trials')]
  return typeof events === 'number' && typeof trials === 'number'
    ? `${count(events)} of ${count(trials)}`
    : ''
}
