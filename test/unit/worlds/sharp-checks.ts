/** Flaws that single requests show: the check that sends them, and how many requests that takes, controls included. */
export const BY_CHECKS: Readonly<
  Record<string, { readonly check: string; readonly finding: string; readonly within: number }>
> = {
  'replay-check-only-with-jti': {
    check: 'oidc/9/jti-required',
    finding: 'identity/identifier-missing-accepted',
    within: 3,
  },
  'aud-prefix': {
    check: 'rfc7523/3/aud-lookalike',
    finding: 'audience/prefix-match',
    within: 26,
  },
  'aud-any-of-array': {
    check: 'rfc7523/3/aud-array-contains',
    finding: 'audience/shared-accepted',
    within: 6,
  },
  'leeway-wrong-way': {
    check: 'rfc7523/3/exp-ahead',
    finding: 'time/leeway-wrong-way',
    within: 6,
  },
  'nbf-ignored': {
    check: 'rfc7523/3/nbf-future',
    finding: 'time/not-yet-valid-accepted',
    within: 10,
  },
  'iat-strict': {
    check: 'rfc7523/3/iat-future',
    finding: 'time/granted-skew-refused',
    within: 10,
  },
  'jti-case-folded': {
    check: 'rfc7519/4.1.7/jti-case',
    finding: 'replay/refused-first-use',
    within: 13,
  },
}
