import type { Flaw } from './flaw.ts'

export const junkCostsAFetch: Flaw = {
  name: 'junk-costs-a-fetch',
  title: 'For every key that nobody knows the published ones are fetched again',
  seenIn: 'servers without a cool-down',
  caughtBy: [],
  notedAs: ['keys/junk-costs-a-fetch'],
  may: [],
  shows: 'in-keys',
  apply: (faultless) => ({
    ...faultless,
    keyCare: { ...faultless.keyCare, unknownKid: { cooldownSeconds: 0 } },
  }),
}
