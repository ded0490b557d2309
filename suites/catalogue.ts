/**
 * The catalogue: everything that the documents say of assertions, grants, tokens and those who read them, as far as it can
 * be asked of a server. A row is named like the check that asks it, or says what does instead, or why nothing does.
 */
import { CORE } from './catalogue-core.ts'
import { FURTHER } from './catalogue-further.ts'
import { ASKED_OTHERWISE, LEFT, SITUATIONS } from './catalogue-notes.ts'

export interface Row {
  /** Document / section / what it is about. */
  readonly id: string
  /** Without it a server cannot be said to have been tested. */
  readonly core: boolean
  readonly by:
    | { readonly kind: 'checks'; readonly checks: readonly string[] }
    | { readonly kind: 'situations'; readonly situations: readonly string[] }
    /** `about` is what would be asked, `why` is why it is not. */
    | { readonly kind: 'nothing'; readonly about: string; readonly why: string }
}

export const CATALOGUE: readonly Row[] = [
  ...Object.entries(CORE).flatMap(([document, rows]) => rowsOf(document, rows, true)),
  ...Object.entries(FURTHER).flatMap(([document, rows]) => rowsOf(document, rows, false)),
]

function rowsOf(document: string, rows: readonly string[], core: boolean): readonly Row[] {
  return rows.map((row) => {
    const id = `${document}/${row}`
    return { id, core, by: askedBy(id) }
  })
}

function askedBy(id: string): Row['by'] {
  const left = LEFT[id]
  if (left !== undefined) return { kind: 'nothing', about: left[0], why: left[1] }
  const situations = SITUATIONS[id]
  if (situations !== undefined) return { kind: 'situations', situations }
  return { kind: 'checks', checks: ASKED_OTHERWISE[id] ?? [id] }
}
