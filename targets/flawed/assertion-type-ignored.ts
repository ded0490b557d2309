import type { Flaw } from './flaw.ts'

export const assertionTypeIgnored: Flaw = {
  name: 'assertion-type-ignored',
  title: 'The type of a client assertion in the request is not looked at',
  seenIn: 'servers that know one type only',
  caughtBy: ['request/type-ignored'],
  may: [],
  shows: 'in-checks',
  apply: (faultless) => ({ ...faultless, quirks: new Set(['any-assertion-type']) }),
}
