/** The record as a file: for programs, and for people with an editor. */
import type { RunRecord } from '../harness/model/record.ts'

/**
 * Two-space JSON and a newline, `format` first. Members keep the order of the record. What an editor could not show, or
 * would show as something else (bidi overrides, zero widths, controls), is written as `\uXXXX`, which reads back as the
 * same text.
 */
export function recordJson(record: RunRecord): string {
  const { format, ...rest } = record
  const text = JSON.stringify({ format, ...rest }, null, 2)
  return `${text.replace(/[\p{Cf}\p{Zl}\p{Zp}\u007f-\u009f]/gu, units)}\n`
}

function units(character: string): string {
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('')
}
