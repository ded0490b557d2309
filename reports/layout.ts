/** Text in lines and columns. */
import Table from 'cli-table3'

/** Nothing that a report writes is wider, apart from single words that are. */
export const WIDTH = 100

/** Below it words would stand one to a line; a terminal that says so, or nothing, gets the text as it is. */
export const LEAST_COLUMNS = 20

export interface Room {
  /** How wide a line may be, with its indent. */
  readonly width?: number
  /** How much further in the second line begins. */
  readonly hang?: number
}

/** Breaks text at spaces so that each line fits. */
export function wrap(
  text: string,
  indent: string,
  { width = WIDTH, hang = 0 }: Room = {},
): readonly string[] {
  const lines: string[] = []
  let [line, before] = ['', indent]
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`
    if (line !== '' && before.length + longer.length > width) {
      lines.push(`${before}${line}`)
      before = indent + ' '.repeat(hang)
      line = word
    } else {
      line = longer
    }
  }
  return [...lines, `${before}${line}`]
}

/**
 * Columns two spaces apart, without borders or colours of their own; `right` names those that align there. A row of one
 * cell stands across all of them.
 */
export function columns(
  rows: readonly (readonly string[])[],
  {
    indent = '  ',
    right = [],
  }: { readonly indent?: string; readonly right?: readonly number[] } = {},
): readonly string[] {
  if (rows.length === 0) return []
  const width = Math.max(...rows.map((row) => row.length))
  const table = new Table({
    chars: BORDERLESS,
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] },
    colAligns: Array.from({ length: width }, (_, index) =>
      right.includes(index) ? 'right' : 'left',
    ),
  })
  for (const row of rows) {
    table.push(row.length === 1 ? [{ content: row[0], colSpan: width }] : [...row])
  }
  return table
    .toString()
    .split('\n')
    .map((line) => `${indent}${line}`.trimEnd())
}

const BORDERLESS = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
}
