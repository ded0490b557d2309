/** A witness along its time: a lane for each node, its requests as bars, faults as shades. */
import { scaleLinear } from 'd3-scale'
import type { RecordedFault } from '../../harness/model/record.ts'
import type { WitnessStep } from '../../harness/model/verdict.ts'
import { milliseconds } from '../figures.ts'
import { markup, type Filling, type Markup } from '../markup.ts'
import { chart, r, WIDE } from './chart.ts'
import { inForce } from './fault-spans.ts'
import { short } from './told.ts'

const LEFT = 130
const RIGHT = WIDE.width - 20
const TOP = 30
const LANE = 46
/** From one request to the next in a lane: as high as its number. */
const STEP = 13
/** A request of a microsecond is still seen. */
const LEAST_WIDTH = 4

export function timeline(
  witness: readonly WitnessStep[],
  faults: readonly RecordedFault[],
): Filling {
  if (witness.length === 0) return null
  const began = Math.min(...witness.map(({ begunMs }) => begunMs))
  const last = Math.max(...witness.map(({ begunMs, answeredMs }) => answeredMs ?? begunMs))
  const room = Math.max((last - began) * 0.06, 0.05)
  const x = scaleLinear([began - room, last + room], [LEFT, RIGHT])
  const lanes = [...new Set(witness.map(laneOf))]
  const bottom = TOP + lanes.length * LANE
  const says = `${witness.length} ${witness.length === 1 ? 'request' : 'requests'} within ${milliseconds(last - began)}; the list after it has each with its times.`
  return chart({ title: 'The witness along its time', says, height: bottom + 34 }, [
    shades({ faults, x, fromMs: began - room, toMs: last + room, bottom }),
    lanes.map((lane, index) => {
      const y = TOP + index * LANE + LANE / 2
      return markup`<line class="lane" x1="${LEFT}" x2="${RIGHT}" y1="${y}" y2="${y}"/><text class="strong" x="${LEFT - 8}" y="${y + 4}" text-anchor="end">${short(lane, 15)}</text>`
    }),
    witness.map((step, index) =>
      request(step, { number: index + 1, x, lane: lanes.indexOf(laneOf(step)), lastMs: last }),
    ),
    ticks(began, last, x, bottom),
  ])
}

function laneOf({ node }: WitnessStep): string {
  return node ?? 'the target'
}

interface Placed {
  readonly number: number
  readonly x: (ms: number) => number
  readonly lane: number
  readonly lastMs: number
}

/** Requests that overlap stand a little below each other, so that each is seen. */
function request(step: WitnessStep, { number, x, lane, lastMs }: Placed): Markup {
  const { begunMs, answeredMs } = step
  const from = x(begunMs)
  const width = Math.max(LEAST_WIDTH, x(answeredMs ?? lastMs) - from)
  const y = TOP + lane * LANE + 6 + ((number - 1) % 3) * STEP
  const open = answeredMs === null ? ' open' : ''
  return markup`<rect class="request${open}" x="${r(from)}" y="${y}" width="${r(width)}" height="7" rx="2"/><text class="strong" x="${r(Math.max(LEFT, from - 4))}" y="${y + 8}" text-anchor="end">${number}</text>`
}

function shades(of: {
  readonly faults: readonly RecordedFault[]
  readonly x: (ms: number) => number
  readonly fromMs: number
  readonly toMs: number
  readonly bottom: number
}): Filling {
  return inForce(of.faults, of.fromMs, of.toMs).map(({ name, fromMs, toMs }) => {
    const [left, right] = [of.x(fromMs), of.x(toMs)]
    return markup`<rect class="fault" x="${r(left)}" y="${TOP - 8}" width="${r(Math.max(2, right - left))}" height="${of.bottom - TOP + 8}"/><text class="fault" x="${r(left + 4)}" y="${TOP - 12}">${short(name, 60)}</text>`
  })
}

function ticks(
  began: number,
  last: number,
  x: (ms: number) => number,
  bottom: number,
): readonly Markup[] {
  const own = scaleLinear([0, Math.max(last - began, 0.05)], [0, 1])
  return own
    .ticks(5)
    .map(
      (ms) =>
        markup`<text x="${r(x(began + ms))}" y="${bottom + 18}" text-anchor="middle">+${ms === 0 ? '0' : milliseconds(ms)}</text>`,
    )
}
