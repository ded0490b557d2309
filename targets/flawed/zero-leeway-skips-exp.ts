import type { Flaw } from './flaw.ts'

export const zeroLeewaySkipsExp: Flaw = {
  name: 'zero-leeway-skips-exp',
  title: 'A leeway of zero is read as: do not look at the end',
  seenIn: 'a client library',
  caughtBy: ['time/expired-accepted'],
  may: ['claims/first-duplicate-taken', 'introspection/inactive-told-active'],
  shows: 'in-checks',
  apply: (faultless) => ({
    ...faultless,
    decide(assertion, party, rules, nowSeconds) {
      const { expSeconds } = assertion
      const later = expSeconds === null ? null : Math.max(expSeconds, nowSeconds + 1)
      return faultless.decide({ ...assertion, expSeconds: later }, party, rules, nowSeconds)
    },
  }),
}
