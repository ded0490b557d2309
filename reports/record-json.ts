/** The record as a file: for programs, and for people with an editor. */
import type { RunRecord } from '../harness/model/record.ts'

/**
 * Two-space JSON and a newline, `format` first, lists of numbers on one line each. Members keep the order of the record. What an editor could not show, or
 * would show as something else (bidi overrides, zero widths, controls), is written as `\uXXXX`, which reads back as the
 * same text.
 */
export function recordJson(record: RunRecord): string {
  const { format, ...rest } = record
  const text = JSON.stringify({ format, ...rest }, null, 2).replace(NUMBERS, inOneLine)
  return `${text.replace(/[\p{Cf}\p{Zl}\p{Zp}\u007f-\u009f]/gu, units)}\n`
}

/** A list of nothing but numbers. No text can look like one: in JSON a text has no line break. */
const NUMBERS = /\[\n\s*(-?\d[\d.eE+-]*(?:,\n\s*-?\d[\d.eE+-]*)*)\n\s*\]/g

function inOneLine(_: string, numbers: string): string {
  return `[${numbers.replaceAll(/,\s+/g, ', ')}]`
}

function units(character: string): string {
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('')
}
