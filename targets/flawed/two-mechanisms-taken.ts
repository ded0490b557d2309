import type { Flaw } from './flaw.ts'

export const twoMechanismsTaken: Flaw = {
  name: 'two-mechanisms-taken',
  title: 'A client that authenticates in two ways at once is accepted by one of them',
  seenIn: 'servers that try one way after another',
  caughtBy: ['request/two-mechanisms-accepted'],
  may: ['answers/not-in-form'],
  shows: 'in-checks',
  strict: true,
  apply: (faultless) => ({ ...faultless, quirks: new Set(['two-mechanisms']) }),
}
