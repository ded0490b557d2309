/** Whom a node accepts by how wrong its clock is, and how far beyond an end or a beginning it does. */
import { scaleLinear } from 'd3-scale'
import { line } from 'd3-shape'
import type { Derived, DerivedPoint } from '../../harness/model/derived.ts'
import type { RecordedScenario, RunRecord } from '../../harness/model/record.ts'
import { count, percent } from '../figures.ts'
import { markup, type Filling, type Markup } from '../markup.ts'
import { axes, chart, PLOT, r } from './chart.ts'
import { leewayChart } from './leeway.ts'
import { few, rest, row, section, short, table } from './told.ts'

const MOST_CHARTS = 12
/** Points that a sentence names; the table has all. */
const MOST_SAID = 9
const LABEL_WIDTH = 76
/** A clock is wrong by as many seconds as a target says. */
const MOST_POINTS = 300

interface Curve {
  readonly scenario: string
  readonly node: string
  readonly points: readonly DerivedPoint[]
}

export function clocksSection(record: RunRecord): Filling {
  const curves = record.scenarios.flatMap(curvesOf)
  const leeways = leewayChart(record)
  if (curves.length === 0 && leeways === null) return null
  return section('clocks', 'Clocks', [
    leeways,
    few(curves, MOST_CHARTS).map(drawn),
    rest(curves, MOST_CHARTS),
  ])
}

function curvesOf({ name: scenario, derived = [] }: RecordedScenario): readonly Curve[] {
  return derived.flatMap(({ name, node, points = [] }: Derived) =>
    name === 'refused-by-skew' && points.length > 1
      ? [{ scenario, node: node ?? 'the target', points }]
      : [],
  )
}

function drawn({ scenario, node, points }: Curve): Markup {
  const offs = [0, ...points.map(({ x: off }) => off)]
  const room = (Math.max(...offs) - Math.min(...offs)) * 0.04
  const x = scaleLinear(
    [Math.min(...offs) - room, Math.max(...offs) + room],
    [PLOT.left, PLOT.right],
  )
  const y = scaleLinear([0, 1], [PLOT.bottom, PLOT.top])
  const most = Math.max(...points.map(({ trials }) => trials))
  const title = `${short(node, 40)} in ${short(scenario, 80)}: honest clients accepted, by how wrong its clock was`
  const path = line<DerivedPoint>()
    .x(({ x: off }) => r(x(off)))
    .y((point) => r(y(accepted(point))))([...points])
  return markup`<h3>${short(scenario, 80)}: honest clients at ${short(node, 40)}, by how wrong its clock was</h3>${chart(
    { title, says: says(points) },
    [
      axes(
        PLOT,
        x.ticks(8).map((off) => ({ at: x(off), text: signed(off) })),
        [0, 0.25, 0.5, 0.75, 1].map((share) => ({ at: y(share), text: `${share * 100} %` })),
        'seconds its clock was ahead (+) or behind (−)',
      ),
      markup`<text x="${PLOT.left}" y="${PLOT.top - 11}">accepted, of those answered yes or no</text>`,
      markup`<line class="right" x1="${r(x(0))}" x2="${r(x(0))}" y1="${PLOT.top}" y2="${PLOT.bottom}"/>`,
      markup`<path class="steady" d="${path ?? ''}"/>`,
      few(points, MOST_POINTS).map(
        (point) =>
          markup`<circle class="seen" cx="${r(x(point.x))}" cy="${r(y(accepted(point)))}" r="${r(3 + 3 * Math.sqrt(point.trials / most))}"/>`,
      ),
      labelled(points, x).map((point) => label(point, x(point.x), y(accepted(point)))),
    ],
  )}<p class="dim">The larger a dot, the more it stands on; between dots nothing was asked. The upright line is the right time.</p><details><summary>The same as a table</summary>${table(
    title,
    ['clock off by', 'accepted', 'refused', 'accepted, in %'],
    few(points, MOST_POINTS).map((point) =>
      row([
        `${signed(point.x)} s`,
        count(point.trials - point.events),
        count(point.events),
        percent(accepted(point)),
      ]),
    ),
  )}${rest(points, MOST_POINTS)}</details>`
}

/** Those of them whose labels do not stand upon the one before. */
function labelled(
  points: readonly DerivedPoint[],
  x: (off: number) => number,
): readonly DerivedPoint[] {
  let free = -Infinity
  return points.filter((point) => {
    const at = x(point.x)
    if (at < free) return false
    free = at + LABEL_WIDTH
    return true
  })
}

/** Under a dot in the upper half, over one in the lower, and within the chart. */
function label({ events, trials }: DerivedPoint, atX: number, atY: number): Markup {
  const anchor = atX > PLOT.right - 40 ? 'end' : atX < PLOT.left + 40 ? 'start' : 'middle'
  const below = atY < (PLOT.top + PLOT.bottom) / 2
  return markup`<text class="strong" x="${r(atX)}" y="${r(below ? atY + 20 : atY - 11)}" text-anchor="${anchor}">${count(trials - events)} of ${count(trials)}</text>`
}

function accepted({ events, trials }: DerivedPoint): number {
  return (trials - events) / trials
}

function says(points: readonly DerivedPoint[]): string {
  const all = points.map(
    ({ x, events, trials }) => `${count(trials - events)} of ${count(trials)} at ${signed(x)} s`,
  )
  const more = all.length > MOST_SAID ? '; the table after it has all' : ''
  return `Accepted ${all.slice(0, MOST_SAID).join(', ')}${more}`
}

/** With a sign that is as wide as a digit, as in +90 and −90. */
function signed(seconds: number): string {
  if (seconds === 0) return '0'
  return seconds > 0 ? `+${seconds}` : `−${-seconds}`
}
