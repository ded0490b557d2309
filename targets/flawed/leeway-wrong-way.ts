import type { Flaw } from './flaw.ts'

export const leewayWrongWay: Flaw = {
  name: 'leeway-wrong-way',
  title: 'The leeway is subtracted from the end of an assertion and not added',
  seenIn: 'a library for OpenID Connect',
  caughtBy: ['time/leeway-wrong-way'],
  // Whatever else sends what ends within seconds meets it too.
  may: ['refusal/valid-refused', 'replay/refused-first-use'],
  shows: 'in-checks',
  apply: (faultless) => ({
    ...faultless,
    decide(assertion, party, rules, nowSeconds) {
      const { expSeconds } = assertion
      const early = expSeconds === null ? null : expSeconds - 2 * rules.leewaySeconds
      return faultless.decide({ ...assertion, expSeconds: early }, party, rules, nowSeconds)
    },
  }),
}
