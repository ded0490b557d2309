import type { Flaw } from './flaw.ts'

export const capitalDigitsOnly: Flaw = {
  name: 'capital-digits-only',
  title: 'A form with small letters among its percent-encoded digits is read as it stands',
  seenIn: 'decoders written by hand',
  caughtBy: ['refusal/valid-refused'],
  may: [],
  shows: 'in-properties',
  apply: (faultless) => ({ ...faultless, quirks: new Set(['capital-digits-only']) }),
}
