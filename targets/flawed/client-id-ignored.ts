import type { Flaw } from './flaw.ts'

export const clientIdIgnored: Flaw = {
  name: 'client-id-ignored',
  title: 'The client_id beside an assertion is not compared with it',
  seenIn: 'servers that take the assertion for all there is',
  caughtBy: ['request/client-id-mismatch-accepted'],
  may: [],
  shows: 'in-checks',
  apply: (faultless) => ({ ...faultless, quirks: new Set(['any-client-id']) }),
}
