/** The next command to type about something that was found. */
import type { WitnessStep } from '../harness/model/verdict.ts'

/** Sends a case again and says whether it still happens. */
export function again(caseId: string): string {
  return `cupel replay ${quoted(caseId)}`
}

/**
 * Sends again what a witness is about: the first of its requests that is no control, since those are the plainest right
 * ones and nobody doubts them. Null where there is none.
 */
export function againOf(witness: readonly Pick<WitnessStep, 'caseId'>[]): string | null {
  const about = witness.find(({ caseId }) => !/(^|[/])control[/]/.test(caseId))
  return about === undefined ? null : again(about.caseId)
}

/** A word of a shell, in quotes where it needs them. */
export function quoted(word: string): string {
  return /^[\w.,:/~@%+=-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`
}
