import { LIVES_IN_BYTES, type Flaw } from './flaw.ts'

export const crashesOnOddTypes: Flaw = {
  name: 'crashes-on-odd-types',
  title: 'A claim of an unexpected type makes the server fail',
  seenIn: 'servers in many languages',
  caughtBy: ['robustness/server-error'],
  may: [],
  shows: 'in-checks',
  onlyLive: LIVES_IN_BYTES,
  apply: (faultless) => ({
    ...faultless,
    decide(assertion, party, rules, nowSeconds) {
      if (assertion.malformed.length > 0) throw new TypeError('this is no text')
      return faultless.decide(assertion, party, rules, nowSeconds)
    },
  }),
}
