import type { Flaw } from './flaw.ts'

export const nbfIgnored: Flaw = {
  name: 'nbf-ignored',
  title: 'The beginning of an assertion is not looked at',
  seenIn: 'several servers',
  caughtBy: ['time/not-yet-valid-accepted'],
  may: ['introspection/inactive-told-active'],
  shows: 'in-checks',
  apply: (faultless) => ({
    ...faultless,
    decide: (assertion, party, rules, nowSeconds) =>
      faultless.decide({ ...assertion, nbfSeconds: null }, party, rules, nowSeconds),
  }),
}
