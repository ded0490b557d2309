import type { Flaw } from './flaw.ts'

export const keyIsJtiAlone: Flaw = {
  name: 'key-is-jti-alone',
  title: 'An identifier that one party has used is spent for all of them',
  seenIn: 'several servers, which remember by the identifier alone',
  caughtBy: ['replay/refused-first-use'],
  may: ['refusal/valid-refused'],
  shows: 'in-checks',
  apply: (faultless) => ({ ...faultless, key: ({ jti }) => jti ?? '' }),
}
