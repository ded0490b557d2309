import type { Flaw } from './flaw.ts'

export const revokesNothing: Flaw = {
  name: 'revokes-nothing',
  title: 'A revocation is answered with success, and the token is as good as before',
  seenIn: 'servers whose access tokens carry all that is asked of them',
  caughtBy: ['tokens/revoked-accepted'],
  may: [],
  shows: 'in-checks',
  strict: true,
  apply: (faultless) => ({ ...faultless, quirks: new Set(['revokes-nothing']) }),
}
