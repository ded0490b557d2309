import type { Flaw } from './flaw.ts'

export const tokenTypesIgnored: Flaw = {
  name: 'token-types-ignored',
  title: 'A resource takes any JWT of the issuer for an access token',
  seenIn: 'resource servers that verify a signature and look no further',
  caughtBy: ['form/other-type-accepted'],
  may: [],
  shows: 'in-checks',
  apply: (faultless) => ({ ...faultless, quirks: new Set(['any-token-type']) }),
}
