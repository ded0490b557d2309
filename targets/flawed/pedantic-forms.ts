import type { Flaw } from './flaw.ts'

export const pedanticForms: Flaw = {
  name: 'pedantic-forms',
  title:
    'A request with a parameter that nobody knows, or a form that names its character set, is refused',
  seenIn: 'servers that validate requests against a schema',
  caughtBy: ['refusal/valid-refused'],
  may: [],
  shows: 'in-checks',
  apply: (faultless) => ({ ...faultless, quirks: new Set(['pedantic-forms']) }),
}
