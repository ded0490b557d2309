/** Tables for spreadsheets and notebooks (RFC 4180). */
import { excerpt } from './escape.ts'

export type Value = string | number | null

export function csv(head: readonly string[], rows: readonly (readonly Value[])[]): string {
  return [head, ...rows.map((row) => row.map(cell))].map((row) => `${row.join(',')}\r\n`).join('')
}

/** Null is an empty cell. What a spreadsheet would take for a formula gets an apostrophe before it. */
function cell(value: Value): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const text = excerpt(value, 200)
  const safe = /^[=+\-@]/.test(text.trimStart()) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
