/** What the charts of the page have in common: a frame in SVG, without a style attribute, so that a strict policy shows it. */
import { markup, type Filling, type Markup } from '../markup.ts'

/** Of the space inside a chart, in the units of its view box. */
export interface Plot {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

export const WIDE = { width: 760, height: 240 } as const

/** Room for the labels of both axes. */
export const PLOT: Plot = { left: 64, right: WIDE.width - 12, top: 26, bottom: WIDE.height - 34 }

export interface Tick {
  readonly at: number
  readonly text: string
}

/**
 * A chart with a name and a sentence for those who do not see it. Around it is a box that scrolls on a narrow screen, so that
 * its text stays readable.
 */
export function chart(
  { title, says, height = WIDE.height }: { title: string; says: string; height?: number },
  content: Filling,
): Markup {
  return markup`<div class="chart" tabindex="0" role="group" aria-label="${title}"><svg viewBox="0 0 ${WIDE.width} ${height}" role="img" aria-label="${`${title}. ${says}`}">${content}</svg></div>`
}

/** Lines across at each tick of the upright axis, and the labels of both. */
export function axes(
  plot: Plot,
  across: readonly Tick[],
  up: readonly Tick[],
  unit: string,
): Markup {
  return markup`<g class="axis" aria-hidden="true">${up.map(
    ({ at, text }) =>
      markup`<line x1="${plot.left}" x2="${plot.right}" y1="${r(at)}" y2="${r(at)}"/><text x="${plot.left - 6}" y="${r(at + 4)}" text-anchor="end">${text}</text>`,
  )}${across.map(
    ({ at, text }) =>
      markup`<text x="${r(at)}" y="${plot.bottom + 16}" text-anchor="middle">${text}</text>`,
  )}<text x="${plot.right}" y="${plot.bottom + 30}" text-anchor="end">${unit}</text></g>`
}

/** A coordinate with the tenth of a unit that a screen shows. */
export function r(coordinate: number): number {
  return Math.round(coordinate * 10) / 10
}
