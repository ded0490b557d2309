/** The leeway that each node was seen to grant, as an interval: surely so much, surely not more. */
import { scaleSymlog } from 'd3-scale'
import type { Derived } from '../../harness/model/derived.ts'
import type { RunRecord } from '../../harness/model/record.ts'
import { markup, type Filling, type Markup } from '../markup.ts'
import { memberOf } from '../members.ts'
import { chart, r, WIDE } from './chart.ts'
import { few, rest, row, short, table } from './told.ts'

const MOST_NODES = 24
const LEFT = 118
const RIGHT = WIDE.width - 22
/** On either side of an assertion's own time, which has no length here. */
const MIDDLE = { from: 372, to: 452 } as const
const TOP = 46
const LANE = 30
const TICKS = [0, 5, 15, 60, 300, 1_800, 10_800, 86_400, 604_800, 31_536_000] as const

type Edge = 'leeway-after-end' | 'leeway-before-start'

/** In seconds: accepted up to `low` beyond the edge, refused from `high` on; null where nothing was refused. */
interface Bounds {
  readonly low: number
  readonly high: number | null
}

interface Node {
  readonly name: string
  readonly after: Bounds | null
  readonly before: Bounds | null
}

export function leewayChart({ scenarios, target }: RunRecord): Filling {
  const derived = scenarios.flatMap((scenario) => scenario.derived ?? [])
  const names = new Set(
    derived.flatMap(({ name, node }) => (name.startsWith('leeway-') ? [node ?? ''] : [])),
  )
  if (names.size === 0) return null
  const nodes = [...names].toSorted().map((name): Node => ({
    name,
    after: together(derived, 'leeway-after-end', name),
    before: together(derived, 'leeway-before-start', name),
  }))
  const shown = few(nodes, MOST_NODES)
  const declared = declaredLeeway(target.declares)
  return [
    markup`<p>How far beyond its end, or before its beginning, each node takes an assertion that is wrong in nothing else, by the node’s own clock.${
      declared === null
        ? null
        : ` The target declares that it grants ${seconds(declared.grant)} at least and refuses beyond ${seconds(declared.refuse)}.`
    }</p>`,
    markup`<ul class="key"><li><svg viewBox="0 0 28 10" aria-hidden="true"><rect class="granted" width="28" height="10"/></svg>accepted</li><li><svg viewBox="0 0 28 10" aria-hidden="true"><rect class="between" x="1" y="1" width="26" height="8"/></svg>its leeway ends in here</li>${
      declared === null
        ? null
        : markup`<li><svg viewBox="0 0 28 10" aria-hidden="true"><line class="right" x2="28" y1="5" y2="5"/></svg>as declared</li>`
    }</ul>`,
    drawn(shown, declared),
    table(
      'The leeway of each node',
      ['node', 'beyond the end', 'before the beginning'],
      shown.map(({ name, after, before }) => row([short(name, 40), words(after), words(before)])),
    ),
    rest(nodes, MOST_NODES),
  ]
}

/** What several scenarios saw of one node bounds the same leeway: the latest acceptance, the soonest refusal. */
function together(derived: readonly Derived[], edge: Edge, node: string): Bounds | null {
  const all = derived.filter((each) => each.name === edge && (each.node ?? '') === node)
  if (all.length === 0) return null
  const highs = all.flatMap(({ high }) => (high === null ? [] : [high]))
  return {
    low: Math.max(...all.map(({ low }) => low ?? 0)),
    high: highs.length === 0 ? null : Math.min(...highs),
  }
}

type Declared = { readonly grant: number; readonly refuse: number }

function declaredLeeway(declares: RunRecord['target']['declares']): Declared | null {
  const leeway = memberOf(declares, 'leewaySeconds')
  const [grant, refuse] = [memberOf(leeway, 'grant'), memberOf(leeway, 'refuse')]
  return typeof grant === 'number' && typeof refuse === 'number' ? { grant, refuse } : null
}

function drawn(nodes: readonly Node[], declared: Declared | null): Markup {
  const bounds = nodes.flatMap(({ after, before }) =>
    [after, before].filter((each) => each !== null),
  )
  const most = Math.max(
    15,
    ...bounds.flatMap(({ low, high }) => [low, high ?? low * 1.5]),
    ...(declared === null ? [] : [declared.refuse]),
  )
  const domain = [0, most * 1.1]
  const after = scaleSymlog(domain, [MIDDLE.to, RIGHT]).constant(10).clamp(true)
  const before = scaleSymlog(domain, [MIDDLE.from, LEFT]).constant(10).clamp(true)
  const bottom = TOP + nodes.length * LANE
  const ticks = TICKS.filter((each) => each <= most * 1.1)
  const says = nodes.map((node) => sentence(node)).join(' ')
  return chart({ title: 'The leeway of each node', says: short(says, 900), height: bottom + 40 }, [
    markup`<rect class="valid" x="${MIDDLE.from}" y="${TOP - 8}" width="${MIDDLE.to - MIDDLE.from}" height="${bottom - TOP + 8}"/><g class="axis" aria-hidden="true"><text x="${(MIDDLE.from + MIDDLE.to) / 2}" y="${TOP - 26}" text-anchor="middle">its time</text><text x="${MIDDLE.from}" y="${TOP - 14}" text-anchor="middle">begins</text><text x="${MIDDLE.to}" y="${TOP - 14}" text-anchor="middle">ends</text>${[
      before,
      after,
    ].map((x) => [
      ticks.map(
        (tick) =>
          markup`<line x1="${r(x(tick))}" x2="${r(x(tick))}" y1="${TOP - 8}" y2="${bottom}"/>`,
      ),
      apart(ticks, x).map(
        (tick) =>
          markup`<text x="${r(x(tick))}" y="${bottom + 16}" text-anchor="middle">${span(tick)}</text>`,
      ),
    ])}<text x="${LEFT}" y="${bottom + 32}">← this long before its beginning</text><text x="${RIGHT}" y="${bottom + 32}" text-anchor="end">this long beyond its end →</text></g>`,
    declared === null
      ? null
      : [declared.grant, declared.refuse].map(
          (at) =>
            markup`<line class="right" x1="${r(after(at))}" x2="${r(after(at))}" y1="${TOP - 8}" y2="${bottom}"/>`,
        ),
    nodes.map((node, index) => {
      const y = TOP + index * LANE
      return markup`<text class="strong" x="${LEFT - 10}" y="${y + 15}" text-anchor="end">${short(node.name, 16)}</text>${bar(node.before, before, y)}${bar(node.after, after, y)}`
    }),
  ])
}

/** As wide as a label, with room to tell it from the next one. */
const LABEL = 40

/** Those ticks whose labels do not run into each other, from the edge on. */
function apart(ticks: readonly number[], x: (seconds: number) => number): readonly number[] {
  const kept: number[] = []
  for (const tick of ticks) {
    const last = kept.at(-1)
    if (last === undefined || Math.abs(x(tick) - x(last)) >= LABEL) kept.push(tick)
  }
  return kept
}

/** Filled as far as it accepted, open from there to where it refused. */
function bar(bounds: Bounds | null, x: (seconds: number) => number, top: number): Filling {
  if (bounds === null) return null
  const { low, high } = bounds
  const edge = x(0)
  const filled = markup`<rect class="granted" ${across(edge, x(low))} y="${top + 4}" height="14"/>`
  const open =
    high !== null && high <= low
      ? markup`<line class="knee" x1="${r(x(high))}" x2="${r(x(high))}" y1="${top}" y2="${top + 22}"/>`
      : markup`<rect class="between" ${across(x(low), high === null ? x(Infinity) : x(high))} y="${top + 4}" height="14"/>`
  return [low > 0 ? filled : null, open]
}

function across(one: number, other: number): Markup {
  return markup`x="${r(Math.min(one, other))}" width="${r(Math.max(2, Math.abs(other - one)))}"`
}

function sentence({ name, after, before }: Node): string {
  const parts = [
    ...(after === null ? [] : [`beyond the end ${words(after)}`]),
    ...(before === null ? [] : [`before the beginning ${words(before)}`]),
  ]
  return `${short(name, 40)}: ${parts.join('; ')}.`
}

function words(bounds: Bounds | null): string {
  if (bounds === null) return 'not seen'
  const { low, high } = bounds
  if (high === null) return `accepted up to ${seconds(low)}; never seen refused`
  if (high <= low)
    return `accepted up to ${seconds(low)} and refused from ${seconds(high)} on: more than one leeway`
  if (low === 0) return `none seen; refused from ${seconds(high)} on`
  return `accepted up to ${seconds(low)}, refused from ${seconds(high)} on`
}

function seconds(value: number): string {
  return `${value >= 100 ? Math.round(value) : Number(value.toFixed(1))} s`
}

/** A tick in the largest unit that it is a whole number of. */
function span(value: number): string {
  if (value === 0) return '0'
  const units = [
    [86_400, 'd'],
    [3_600, 'h'],
    [60, 'min'],
  ] as const
  const [size, name] = units.find(([each]) => value >= each) ?? [1, 's']
  return `${value / size} ${name}`
}
