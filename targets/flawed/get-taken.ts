import type { Flaw } from './flaw.ts'

export const getTaken: Flaw = {
  name: 'get-taken',
  title: 'A token request by GET is answered',
  seenIn: 'servers on frameworks that do not tell query and form apart',
  caughtBy: ['request/credentials-in-address-accepted'],
  may: [],
  shows: 'in-checks',
  strict: true,
  apply: (faultless) => ({ ...faultless, quirks: new Set(['get']) }),
}
