/** Rows of the catalogue that no check of their name asks: what does, or why nothing does. */

/** The checks that ask it, most of them as one of their cases or under another document that says the same. */
export const ASKED_OTHERWISE: Readonly<Record<string, readonly string[]>> = {
  'rfc7523/3/aud-token-endpoint': ['bis/4/aud-token-endpoint', 'bis/4/grant-aud'],
  'fapi2/5.3.2.1/aud-endpoint': [
    'bis/4/aud-token-endpoint',
    'bis/5/par-endpoint-aud',
    'rfc7523/3/aud-foreign',
    'rfc7523/3/aud-missing',
  ],
  'rfc9449/4.3/ath-wrong': ['rfc9449/7/ath'],
  'rfc9449/4.3/ath-missing': ['rfc9449/7/ath'],
  'rfc9449/4.3/key-binding': ['rfc9449/7.1/key-binding'],
  'rfc7523/3/aud-array-without': ['rfc7523/3/aud-foreign'],
  'bis/4/aud-issuer-plus-foreign': ['bis/4/aud-issuer-plus-endpoint'],
  'bis/4/aud-issuer-twice': ['bis/4/aud-issuer-plus-endpoint'],
  'bis/4/typ-prefixed': ['bis/4/typ-explicit'],
  'bis/4/typ-jwt': ['bis/4/typ-absent'],
  'bis/3/saml-client-auth': ['rfc7521/4.2/type-unknown'],
  'rfc7515/4.1.4/kid-absent': ['rfc7515/4.1.4/kid-unknown'],
  'rfc7515/4.1.4/kid-case': ['rfc7515/4.1.4/kid-unknown'],
  'rfc8037/3.1/eddsa-ed448': ['rfc8037/3.1/eddsa'],
  'rfc8725/3.3/all-crypto': ['rfc7519/5.2/nested'],
  'rfc8725/3.9/audience': ['rfc9068/4/aud'],
  'rfc8725/3.11/typ': ['rfc9068/4/typ'],
  'rfc9700/2.3/audience-restricted': ['rfc9068/4/aud'],
  'oidc/9/aud-token-endpoint': ['bis/4/aud-token-endpoint'],
  'oidc/9/aud-issuer-string': ['bis/4/aud-issuer-string'],
  'oidc/9/aud-array1': ['bis/4/aud-issuer-array1', 'fapi2/5.3.2.1/aud-array'],
  'fapi2/5.3.2.1/aud-issuer-string': ['bis/4/aud-issuer-string'],
  'fapi2/5.3.2.1/method': ['oidc/9/method-binding', 'rfc7523/3/mac'],
  'fapi2/5.3.2.1/public': ['rfc6749/4.4/public-client'],
  'fapi1adv/5.2.2/method': ['oidc/9/method-binding', 'rfc7523/3/mac'],
  'rfc9449/4.3/two-headers': ['rfc9449/4.3/malformed'],
  'rfc9449/4.3/nonce-missing': ['rfc9449/8/nonce'],
  'rfc9449/8/nonce-wrong': ['rfc9449/8/nonce'],
  'rfc8705/3/cert-absent': ['rfc8705/3/cert-match'],
  'chaos/replay-malleable': ['rfc7523/3/replay-ca', 'rfc7523/3/replay-jg'],
  'chaos/replay-cross-endpoint': ['oidc/9/single-use'],
  'chaos/jti-collision': ['rfc7523/3/jti-per-issuer'],
  'chaos/replay-burn-on-reject': ['rfc7523/3/jti-after-failure'],
}

/** What only shows over time or between nodes is a situation (`scenarios/`). */
export const SITUATIONS: Readonly<Record<string, readonly string[]>> = {
  'rfc7523/3/jti-retention': ['replay-after-expiry'],
  'chaos/replay-race': ['replay-race'],
  'chaos/replay-partition': ['replay-across-nodes', 'partitioned-cache'],
  'chaos/replay-heal': ['partitioned-cache'],
  'chaos/replay-store-down': ['partitioned-cache'],
  'chaos/replay-evict': ['eviction'],
  'chaos/replay-leeway-gap': ['replay-after-expiry'],
  'chaos/replay-failed-first': ['jti-poisoning'],
  'chaos/skew-step': ['clock-skew'],
  'chaos/skew-nodes': ['clock-skew'],
  'chaos/burst': ['burst'],
  'chaos/mixed-burst': ['baseline', 'burst'],
  'oidc/10.1.1/rotation-new-kid': ['key-rotation'],
  'oidc/10.1.1/rotation-old-key': ['key-removal'],
  'chaos/key-rotate': ['key-rotation', 'key-removal'],
  'chaos/kid-flood': ['unknown-kid-storm'],
  'chaos/jwks-outage': ['jwks-outage'],
  'chaos/revoke-propagation': ['token-revocation', 'revocation'],
  // At the resource that the target file names, whether it asks or keeps what it was told.
  'rfc7662/4/cache-revoked': ['token-revocation'],
  'chaos/skew-jump': ['clock-step-back'],
}

/** What would be asked, and why it is not. */
export const LEFT: Readonly<Record<string, readonly [about: string, why: string]>> = {
  'bis/7/audience-injection-of-clients': [
    'A client is shown metadata with another’s endpoint, and what it signs is looked at.',
    'It tests a client, and Cupel tests servers.',
  ],
  'rfc8037/3.2/x25519-sign': [
    'A key for key agreement stands where one for signing is looked up.',
    'It takes a lever over the key set that the verifier reads.',
  ],
  'rfc8725/3.4/inputs': [
    'A key is registered whose point is not on its curve.',
    'It is asked when a key is registered, which is no request that Cupel makes.',
  ],
  'rfc8725/3.5/entropy': [
    'A dictionary word is registered as a secret.',
    'It is asked when a secret is registered, which is no request that Cupel makes.',
  ],
  'rfc8725/3.6/compression': [
    'An encrypted JWT is compressed before it is encrypted.',
    'No target so far says that it decrypts.',
  ],
  'rfc8725bis/3.15/zip-bomb': [
    'An encrypted JWT grows a thousandfold when it is opened.',
    'It may take the target down with it, so that it needs a target that runs alone and says that it decrypts.',
  ],
  'rfc6749/5.2/unauthorized-client': [
    'A client asks for a grant that it is not registered for.',
    'It takes a client of which the target file says so.',
  ],
  'rfc9700/4.15/sub-collision': [
    'A client is named like a person, and its token is used as that person’s.',
    'It is asked when a client is registered, which is no request that Cupel makes.',
  ],
  'rfc8414/2/auth-method-default': [
    'Metadata that lists no methods means client_secret_basic.',
    'It tells a reader how to read, and a server nothing.',
  ],
  'fapi2/5.3.2.1/sender-constrained': [
    'A token is asked for without any proof of a key.',
    'Every right request of Cupel would have to carry one: it takes a target that says it takes DPoP proofs.',
  ],
  'fapi2/5.4.3/duplicate-kid': [
    'Two keys of a key set have one name.',
    'It takes a lever over the key set that the target reads.',
  ],
  'rfc9449/8/nonce-reuse': [
    'One nonce in two proofs.',
    'It takes a target that gives nonces, and a client that keeps them.',
  ],
  'rfc9449/8.2/nonce-rotate': [
    'The nonce before the last.',
    'It takes a target that gives nonces, and a client that keeps them.',
  ],
  'rfc9449/11.1/jti-other-uri': [
    'One identifier in proofs for two addresses.',
    'It takes a target that takes proofs at two addresses.',
  ],
  'rfc9449/7.2/two-schemes': [
    'A token under both schemes in one request.',
    'The document gives it as an example and says nothing that could be asked.',
  ],
  'rfc9449/6.2/introspection': [
    'Introspection of a bound token names its key.',
    'It takes a target that binds tokens and introspects them.',
  ],
  'rfc8705/3.2/introspection': [
    'Introspection of a bound token names its certificate.',
    'It takes a target that binds tokens and introspects them.',
  ],
  'rfc9068/2.2/issued-token': [
    'A token that the target issued is opened and looked at.',
    'Of a token that a target issued no part is kept, and none is shown.',
  ],
  'rfc7662/4/cache-exp': [
    'A resource keeps an introspection answer beyond the end of its token.',
    'It takes a resource that introspects, and time.',
  ],
  'rfc7009/2.2.1/503': ['A revocation that cannot be done now.', 'It tells a client what to do.'],
  'spiffeauth/5/bundle-source': [
    'A trust bundle is exchanged, and its keys with it.',
    'It takes a lever over the bundle endpoint.',
  ],
}
