import type { Flaw } from './flaw.ts'

export const replayCheckOnlyWithJti: Flaw = {
  name: 'replay-check-only-with-jti',
  title: 'An assertion without an identifier is not remembered, and works as often as it comes',
  seenIn: 'several servers by design',
  caughtBy: ['identity/identifier-missing-accepted'],
  // One that is no text counts as none.
  may: ['claims/type-coerced'],
  shows: 'in-checks',
  // Elsewhere an identifier may be left out, and nothing obliges anybody to remember what has none.
  profile: 'oidc-core',
  strict: true,
  apply: (faultless) => ({
    ...faultless,
    decide: (assertion, party, rules, nowSeconds) =>
      faultless.decide(
        assertion,
        party,
        assertion.jti === null ? { ...rules, singleUse: false } : rules,
        nowSeconds,
      ),
  }),
}
