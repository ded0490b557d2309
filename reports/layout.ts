/** Text in lines and columns. */
import Table from 'cli-table3'

/** Nothing that a report writes is wider, apart from single words that are. */
export const WIDTH = 100

/** Breaks text at spaces so that each line, with its indent, fits into WIDTH. */
export function wrap(text: string, indent: string): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`
    if (line !== '' && indent.length + longer.length > WIDTH) {
      lines.push(`${indent}${line}`)
      line = word
    } else {
      line = longer
    }
  }
  return [...lines, `${indent}${line}`]
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
