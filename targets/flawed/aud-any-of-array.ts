import type { Flaw } from './flaw.ts'

export const audAnyOfArray: Flaw = {
  name: 'aud-any-of-array',
  title: 'One right audience among several is enough, whoever the others are',
  seenIn: 'the servers that audience injection works on',
  caughtBy: ['audience/shared-accepted'],
  may: ['audience/foreign-accepted'],
  shows: 'in-checks',
  apply: (faultless) => ({
    ...faultless,
    rules: (rules, usage) => ({ ...faultless.rules(rules, usage), shape: 'any' }),
  }),
}
