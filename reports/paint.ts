/** Colours and width of a terminal. Whether there are any, and how wide it is, is for the caller to know. */
import { LEAST_COLUMNS, WIDTH } from './layout.ts'

export interface Brush {
  /** How wide running text may be. */
  readonly width: number
  /** How wide anything may be; infinite where nobody knows. */
  readonly columns: number
  readonly bold: (text: string) => string
  readonly dim: (text: string) => string
  readonly red: (text: string) => string
  readonly green: (text: string) => string
  readonly yellow: (text: string) => string
}

/** Brushes that paint (ECMA-48 SGR) or leave text as it is, on so many columns. */
export function brushes(paint: boolean, columns: number = Infinity): Brush {
  const sgr =
    (on: number, off: number) =>
    (text: string): string =>
      paint && text !== '' ? `\u001b[${on}m${text}\u001b[${off}m` : text
  const known = columns < LEAST_COLUMNS ? Infinity : columns
  return {
    width: Math.min(WIDTH, known),
    columns: known,
    bold: sgr(1, 22),
    dim: sgr(2, 22),
    red: sgr(31, 39),
    green: sgr(32, 39),
    yellow: sgr(33, 39),
  }
}

/** A code that colours (ECMA-48 SGR), as the source of a pattern. */
export const SGR = String.raw`${String.fromCodePoint(27)}\[\d+m`

const EVERY_SGR = new RegExp(SGR, 'g')

/** Without the codes that colour it. */
export function plain(line: string): string {
  return line.replaceAll(EVERY_SGR, '')
}
