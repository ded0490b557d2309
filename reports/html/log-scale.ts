/** Shares on a logarithmic scale, as the bars of intervals have it. */
import { scaleLog } from 'd3-scale'
import { markup, type Markup } from '../markup.ts'
import { r } from './chart.ts'

export const WIDTH = 200
/** Below it stands zero: no run is long enough to tell less. */
export const LEAST = 1e-4
export const MARKS = [1e-4, 1e-3, 1e-2, 1e-1, 1] as const

export const x = scaleLog([LEAST, 1], [4, WIDTH - 4]).clamp(true)

/** The marks with their percentages, to stand above bars. */
export function scale(): Markup {
  const anchors = ['start', 'middle', 'middle', 'middle', 'end'] as const
  return markup`<svg class="scale" viewBox="0 0 ${WIDTH} 14" aria-hidden="true">${MARKS.map((mark, index) => markup`<text x="${r(x(mark))}" y="11" text-anchor="${anchors[index] ?? 'middle'}">${mark * 100}</text>`)}</svg>`
}
