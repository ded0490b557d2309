import type { Flaw } from './flaw.ts'

export const lifetimeUnlimited: Flaw = {
  name: 'lifetime-unlimited',
  title: 'An assertion is good for as long as it says',
  seenIn: 'most servers',
  caughtBy: ['time/lifetime-unlimited'],
  may: [],
  shows: 'in-checks',
  profile: 'smart-backend',
  strict: true,
  apply: (faultless) => ({
    ...faultless,
    rules: (rules, usage) => ({ ...faultless.rules(rules, usage), maxLifetimeSeconds: null }),
  }),
}
