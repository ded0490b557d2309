/** Checks of what a server publishes of itself: the document is asked for, and must not say one thing. */
import type { Check } from '../harness/model/check.ts'
import { CLIENT, NOTHING, tabled, UNCHANGED, type Row } from './draft.ts'

export interface Advertised extends Omit<Check, 'usages' | 'cases'> {
  /** What must not be wrong with the document (harness/oracle/answers/answer-faults.ts). */
  readonly fault: string
  /** Where profiles differ in it; all demand it when absent. */
  readonly rows?: readonly Row[]
}

const FOR_ALL: readonly Row[] = [
  { deserves: 'accept', because: 'the document is there to be read' },
]

export function advertised({ fault, rows = FOR_ALL, ...check }: Advertised): Check {
  return {
    ...check,
    usages: CLIENT,
    cases: [
      tabled('document', UNCHANGED, rows, {
        endpoint: 'metadata',
        parts: NOTHING,
        needs: ['metadata'],
        faults: { [fault]: check.finding },
      }),
    ],
  }
}
