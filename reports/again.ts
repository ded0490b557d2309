/** The next command to type about something that was found. */

/** Sends a case again and says whether it still happens. */
export function again(caseId: string): string {
  return `cupel replay ${quoted(caseId)}`
}

/** A word of a shell, in quotes where it needs them. */
export function quoted(word: string): string {
  return /^[\w.,:/~@%+=-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`
}
