import type { Flaw } from './flaw.ts'

export const grantTypeIgnored: Flaw = {
  name: 'grant-type-ignored',
  title: 'What a request asks for is guessed from what it brings',
  seenIn: 'servers with one kind of grant',
  caughtBy: ['request/grant-type-ignored'],
  may: [],
  shows: 'in-checks',
  apply: (faultless) => ({ ...faultless, quirks: new Set(['any-grant-type']) }),
}
