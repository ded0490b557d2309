/** Flaws that single requests show. */
export const BY_CHECKS: Readonly<Record<string, ShownByCheck>> = {
  'replay-check-only-with-jti': {
    check: 'oidc/9/jti-required',
    finding: 'identity/identifier-missing-accepted',
    within: 3,
  },
  'aud-prefix': { check: 'rfc7523/3/aud-lookalike', finding: 'audience/prefix-match', within: 28 },
  'aud-any-of-array': {
    check: 'rfc7523/3/aud-array-contains',
    finding: 'audience/shared-accepted',
    within: 6,
  },
  'leeway-wrong-way': { check: 'rfc7523/3/exp-ahead', finding: 'time/leeway-wrong-way', within: 6 },
  'nbf-ignored': {
    check: 'rfc7523/3/nbf-future',
    finding: 'time/not-yet-valid-accepted',
    within: 10,
  },
  'iat-strict': { check: 'rfc7523/3/iat-future', finding: 'time/granted-skew-refused', within: 10 },
  'jti-case-folded': {
    check: 'rfc7519/4.1.7/jti-case',
    finding: 'replay/refused-first-use',
    within: 16,
  },
  'key-is-jti-alone': {
    check: 'rfc7523/3/jti-per-issuer',
    finding: 'replay/refused-first-use',
    within: 40,
  },
  'zero-leeway-skips-exp': {
    check: 'rfc7523/3/exp-past',
    finding: 'time/expired-accepted',
    within: 12,
  },
  'aud-substring': { check: 'rfc9068/4/aud', finding: 'audience/prefix-match', within: 13 },
  'aud-normalised': {
    check: 'rfc7523/3/aud-lookalike',
    finding: 'audience/normalised',
    within: 28,
  },
  'named-by-host': {
    check: 'rfc7523/3/aud-of-host',
    finding: 'audience/foreign-accepted',
    within: 8,
  },
  'aud-ignored': {
    check: 'rfc7523/3/aud-foreign',
    finding: 'audience/foreign-accepted',
    within: 8,
  },
  'endpoint-is-audience': {
    check: 'bis/4/aud-token-endpoint',
    finding: 'audience/endpoint-accepted',
    within: 3,
  },
  'one-text-only': {
    check: 'bis/4/aud-issuer-array1',
    finding: 'refusal/valid-refused',
    within: 3,
  },
  'subject-ignored': {
    check: 'rfc7523/3/sub-missing',
    finding: 'identity/subject-missing-accepted',
    within: 6,
  },
  'client-names-another': {
    check: 'oidc/9/iss-sub-client-id',
    finding: 'identity/two-clients-accepted',
    within: 4,
  },
  'token-types-ignored': {
    check: 'rfc9068/4/typ',
    finding: 'form/other-type-accepted',
    within: 13,
  },
  'any-published-key': {
    check: 'rfc8725/3.1/client-alg-binding',
    finding: 'algorithm/not-allowed-accepted',
    within: 3,
  },
  'key-with-plain-delimiter': {
    check: 'rfc7523/3/jti-per-issuer',
    finding: 'replay/refused-first-use',
    within: 40,
  },
  'jti-unicode-folded': {
    check: 'rfc7519/4.1.7/jti-odd',
    finding: 'replay/refused-first-use',
    within: 30,
  },
  'lifetime-unlimited': {
    check: 'rfc7523/3/lifetime-limit',
    finding: 'time/lifetime-unlimited',
    within: 6,
    strict: true,
  },
  'not-fapi2': { check: 'fapi2/5.3.2.1/aud-array', finding: 'audience/list-accepted', within: 3 },
  'iat-ignored': {
    check: 'fapi2/5.3.2.1/iat-60s',
    finding: 'time/not-yet-valid-accepted',
    within: 6,
  },
  'json-taken': {
    check: 'rfc6749/4.4.2/json-body',
    finding: 'request/other-encoding-accepted',
    within: 3,
    strict: true,
  },
  'get-taken': {
    check: 'rfc6749/3.2/get',
    finding: 'request/credentials-in-address-accepted',
    within: 3,
    strict: true,
  },
  'tokens-in-query-taken': {
    check: 'fapi2/5.3.4/rs',
    finding: 'request/credentials-in-address-accepted',
    within: 4,
    strict: true,
  },
  'last-parameter-counts': {
    check: 'rfc6749/3.2/repeat-grant-type',
    finding: 'request/repeated-parameter-accepted',
    within: 6,
    strict: true,
  },
  'assertion-type-ignored': {
    check: 'rfc7521/4.2/type-missing',
    finding: 'request/type-ignored',
    within: 3,
  },
  'two-mechanisms-taken': {
    check: 'rfc7521/4.2.1/two-mechanisms',
    finding: 'request/two-mechanisms-accepted',
    within: 4,
    strict: true,
  },
  'client-id-ignored': {
    check: 'rfc7521/4.2/client-id-mismatch',
    finding: 'request/client-id-mismatch-accepted',
    within: 3,
  },
  'client-beside-grant-ignored': {
    check: 'rfc7523/3.1/bad-client-creds',
    finding: 'identity/bad-client-ignored',
    within: 4,
  },
  'grant-type-ignored': {
    check: 'rfc6749/5.2/grant-type-missing',
    finding: 'request/grant-type-ignored',
    within: 3,
  },
  'unproved-clients': {
    check: 'oidc/9/method-binding',
    finding: 'identity/client-missing-accepted',
    within: 3,
  },
  'open-introspection': {
    check: 'rfc7662/2.3/auth',
    finding: 'introspection/unauthenticated',
    within: 6,
  },
  'inactive-told-active': {
    check: 'rfc7662/4/checks',
    finding: 'introspection/inactive-told-active',
    within: 7,
  },
  'revokes-nothing': {
    check: 'rfc7009/2.1/revoke',
    finding: 'tokens/revoked-accepted',
    within: 7,
    strict: true,
  },
  'revokes-for-anybody': {
    check: 'rfc7009/2.1/other-client',
    finding: 'tokens/revoked-by-another',
    within: 8,
  },
  'unknown-token-refused': {
    check: 'rfc7009/2.2/unknown',
    finding: 'refusal/valid-refused',
    within: 7,
  },
  'pedantic-forms': { check: 'rfc6749/4.4.2/charset', finding: 'refusal/valid-refused', within: 3 },
  'tokens-may-be-stored': {
    check: 'rfc6749/5.1/no-store',
    finding: 'answers/token-may-be-stored',
    within: 6,
    strict: true,
  },
  'answers-out-of-form': {
    check: 'rfc6749/5.2/401-challenge',
    finding: 'answers/not-in-form',
    within: 3,
    strict: true,
  },
  'refresh-for-clients': {
    check: 'rfc6749/4.4.3/no-refresh',
    finding: 'tokens/refresh-issued',
    within: 3,
    strict: true,
  },
  'tokens-outlive-grants': {
    check: 'rfc7521/4.1/token-lifetime',
    finding: 'tokens/outlives-assertion',
    within: 3,
    strict: true,
  },
  'metadata-of-another': {
    check: 'rfc8414/2/issuer-form',
    finding: 'metadata/issuer-differs',
    within: 3,
  },
  'metadata-misstated': {
    check: 'idjag/8.2/metadata',
    finding: 'metadata/algorithms-misstated',
    within: 3,
    strict: true,
  },
  'metadata-without-algorithms': {
    check: 'rfc8414/2/auth-alg-present',
    finding: 'metadata/algorithms-misstated',
    within: 3,
  },
  'nbf-strict': {
    check: 'rfc7523/3/nbf-in-leeway',
    finding: 'time/granted-skew-refused',
    within: 6,
  },
  'nbf-exclusive': {
    check: 'rfc7519/4.1.5/nbf-equals-now',
    finding: 'refusal/valid-refused',
    within: 10,
  },
  'not-fapi1': { check: 'fapi1adv/8.6/alg', finding: 'algorithm/not-allowed-accepted', within: 6 },
  'iat-strict-under-fapi2': {
    check: 'fapi2/5.3.2.1/iat-10s',
    finding: 'time/granted-skew-refused',
    within: 5,
  },
}

export interface ShownByCheck {
  /** The check that sends them. */
  readonly check: string
  readonly finding: string
  /** How many requests that takes, controls included. */
  readonly within: number
  /** Whether only a strict run counts it. */
  readonly strict?: true
}
