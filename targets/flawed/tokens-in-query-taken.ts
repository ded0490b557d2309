import type { Flaw } from './flaw.ts'

export const tokensInQueryTaken: Flaw = {
  name: 'tokens-in-query-taken',
  title: 'An access token in the address is taken',
  seenIn: 'resource servers that follow RFC 6750 to its end',
  caughtBy: ['request/credentials-in-address-accepted'],
  may: [],
  shows: 'in-checks',
  strict: true,
  apply: (faultless) => ({ ...faultless, quirks: new Set(['tokens-in-query']) }),
}
