import type { Flaw } from './flaw.ts'

export const parametersInOrder: Flaw = {
  name: 'parameters-in-order',
  title: 'An assertion that comes before its type, or before what is asked for, is refused',
  seenIn: 'servers that read a form as it streams in',
  caughtBy: ['refusal/valid-refused'],
  may: [],
  shows: 'in-properties',
  apply: (faultless) => ({ ...faultless, quirks: new Set(['parameters-in-order']) }),
}
