/** Colours of a terminal. Whether there are any is for the caller to know. */

export interface Brush {
  readonly bold: (text: string) => string
  readonly dim: (text: string) => string
  readonly red: (text: string) => string
  readonly green: (text: string) => string
  readonly yellow: (text: string) => string
}

/** Brushes that paint (ECMA-48 SGR) or leave text as it is. */
export function brushes(paint: boolean): Brush {
  const sgr =
    (on: number, off: number) =>
    (text: string): string =>
      paint && text !== '' ? `\u001b[${on}m${text}\u001b[${off}m` : text
  return {
    bold: sgr(1, 22),
    dim: sgr(2, 22),
    red: sgr(31, 39),
    green: sgr(32, 39),
    yellow: sgr(33, 39),
  }
}
