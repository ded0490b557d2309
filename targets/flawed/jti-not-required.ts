import type { Flaw } from './flaw.ts'

export const jtiNotRequired: Flaw = {
  name: 'jti-not-required',
  title: 'An assertion without an identifier is accepted and remembered by nothing',
  seenIn: 'many servers, certified ones among them',
  caughtBy: ['identity/identifier-missing-accepted'],
  may: [],
  shows: 'in-checks',
  profile: 'oidc-core',
  apply: (faultless) => ({
    ...faultless,
    decide(assertion, party, rules, nowSeconds) {
      const singleUse = rules.singleUse && assertion.jti !== null
      return faultless.decide(assertion, party, { ...rules, singleUse }, nowSeconds)
    },
  }),
}
