import type { Flaw } from './flaw.ts'

export const audIgnored: Flaw = {
  name: 'aud-ignored',
  title: 'The audience is not looked at',
  seenIn: 'servers that leave it to a library which does nothing unless it is told to',
  caughtBy: ['audience/foreign-accepted', 'audience/missing-accepted'],
  may: [
    'audience/prefix-match',
    'audience/substring-match',
    'audience/normalised',
    'audience/shared-accepted',
    'audience/endpoint-accepted',
    'claims/type-coerced',
    'claims/first-duplicate-taken',
    'identity/other-kind-accepted',
    'introspection/inactive-told-active',
  ],
  shows: 'in-checks',
  apply: (faultless) => ({
    ...faultless,
    decide: (assertion, party, rules, nowSeconds) =>
      faultless.decide(
        { ...assertion, audience: rules.audiences[0] ?? '' },
        party,
        rules,
        nowSeconds,
      ),
  }),
}
