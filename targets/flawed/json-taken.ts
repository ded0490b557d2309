import type { Flaw } from './flaw.ts'

export const jsonTaken: Flaw = {
  name: 'json-taken',
  title: 'A token request in JSON is answered',
  seenIn: 'servers on frameworks that parse whatever comes',
  caughtBy: ['request/other-encoding-accepted'],
  may: [],
  shows: 'in-checks',
  strict: true,
  apply: (faultless) => ({ ...faultless, quirks: new Set(['json']) }),
}
