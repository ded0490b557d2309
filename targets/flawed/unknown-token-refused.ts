import type { Flaw } from './flaw.ts'

export const unknownTokenRefused: Flaw = {
  name: 'unknown-token-refused',
  title: 'To revoke what is no token is an error',
  seenIn: 'servers that tell whoever asks which tokens exist',
  caughtBy: ['refusal/valid-refused'],
  may: [],
  shows: 'in-checks',
  apply: (faultless) => ({ ...faultless, quirks: new Set(['unknown-token-refused']) }),
}
