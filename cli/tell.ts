/** How a record is told on stdout. */
import { EXIT_CODES } from '../harness/tally/verdict.ts'
import type { RunRecord } from '../harness/model/record.ts'
import { fitted, rewrapped } from '../reports/fit.ts'
import { recordJson } from '../reports/record-json.ts'
import { summary } from '../reports/summary.ts'

export function tell(record: RunRecord, json: boolean): void {
  if (json) {
    console.log(recordJson(record))
    return
  }
  const meaning = EXIT_CODES.find(({ code }) => code === record.exitCode)?.meaning ?? null
  show((paint, columns) => summary(record, { paint, columns, meaning }))
}

/** Prints text as the terminal takes it: in colour unless NO_COLOR says otherwise, and no wider than it is. */
export function show(text: (paint: boolean, columns?: number) => string): void {
  const { isTTY, columns } = process.stdout
  // Any value but an empty one means it (no-color.org).
  const paint = isTTY && (process.env['NO_COLOR'] ?? '') === ''
  const known = isTTY ? columns : undefined
  console.log(fitted(text(paint, known), known))
}

/** Prints text that was wrapped for no terminal in particular. */
export function showPlain(text: string): void {
  const { isTTY, columns } = process.stdout
  console.log(rewrapped(text, isTTY ? columns : undefined))
}
