import type { Flaw } from './flaw.ts'

export const keyIsJtiAlone: Flaw = {
  name: 'key-is-jti-alone',
  title: 'An identifier that one party has used is spent for all of them',
  seenIn: 'several servers',
  caughtBy: [],
  awaits: 'one identifier from two parties, and a target that declares how far its memory reaches',
  may: [],
  apply: (faultless) => ({ ...faultless, key: ({ jti }) => jti ?? '' }),
}
