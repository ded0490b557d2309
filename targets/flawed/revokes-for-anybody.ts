import type { Flaw } from './flaw.ts'

export const revokesForAnybody: Flaw = {
  name: 'revokes-for-anybody',
  title: 'Any client can revoke the tokens of any other',
  seenIn: 'servers that look a token up and not whose it is',
  caughtBy: ['tokens/revoked-by-another'],
  may: [],
  shows: 'in-checks',
  apply: (faultless) => ({ ...faultless, quirks: new Set(['revokes-for-anybody']) }),
}
