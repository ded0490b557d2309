/** Verifiers that are wrong in one thing on purpose, and what must come of it. */

export interface Careless {
  readonly name: string
  readonly title: string
  /** The class of real programs it was seen in. */
  readonly seenIn: string
  /** Findings that every run over it must make, and no other that obliges. */
  readonly caughtBy: readonly string[]
}

export const CARELESS: readonly Careless[] = [
  {
    name: 'audience-unchecked',
    title: 'A token for any resource opens this one',
    seenIn: 'programs that call a library without naming an audience',
    caughtBy: [
      'audience/foreign-accepted',
      'audience/missing-accepted',
      'audience/prefix-match',
      'claims/first-duplicate-taken',
      'claims/type-coerced',
    ],
  },
  {
    name: 'type-unchecked',
    title: 'Any JWT of the issuer is taken for an access token',
    seenIn: 'programs written before RFC 9068, and many since',
    caughtBy: ['form/other-type-accepted'],
  },
  {
    name: 'clocks-forgiven',
    title: 'A token is good for a day before its beginning and beyond its end',
    seenIn: 'programs that were to stop users from being signed out',
    caughtBy: ['time/expired-accepted', 'time/not-yet-valid-accepted'],
  },
  {
    name: 'any-signed-text',
    title: 'What is signed is a JWS, whatever its payload is encoded in, and need not be a JWT',
    seenIn: 'libraries that know RFC 7797 and read JWTs as they read all that is signed',
    caughtBy: ['form/unreadable-accepted'],
  },
  {
    name: 'signature-unread',
    title: 'A token is decoded and not verified',
    seenIn: 'programs that call `decode` and mean `verify`',
    caughtBy: [
      'algorithm/none-accepted',
      'algorithm/public-key-as-secret',
      'algorithm/unnamed-accepted',
      'claims/first-duplicate-taken',
      'form/critical-extension-ignored',
      'form/lenient-encoding-accepted',
      'signature/embedded-key-accepted',
      'signature/foreign-key-accepted',
      'signature/invalid-accepted',
    ],
  },
  {
    name: 'issuer-unbound',
    title: 'The key is looked up by its name among those of all issuers',
    seenIn: 'programs that pool the keys of several tenants',
    caughtBy: [
      'claims/first-duplicate-taken',
      'claims/type-coerced',
      'identity/foreign-issuer-accepted',
      'signature/foreign-key-accepted',
    ],
  },
  {
    name: 'mac-with-public-key',
    title: 'The header chooses between a signature and a MAC with the public key',
    seenIn: 'libraries of before 2016 (CVE-2015-9235), and new ones ever since',
    caughtBy: ['algorithm/public-key-as-secret'],
  },
  {
    name: 'svid-by-issuer',
    title: 'A JWT-SVID is verified with the keys of its issuer, whatever its subject is',
    seenIn: 'libraries for other tokens that are used for JWT-SVIDs',
    caughtBy: ['identity/foreign-issuer-accepted'],
  },
  {
    name: 'svid-endless',
    title: 'A JWT-SVID that does not say when it ends never does',
    seenIn: 'programs that leave it to a library what must be there',
    caughtBy: ['time/expiry-missing-accepted'],
  },
  {
    name: 'svid-edwards',
    title: 'A JWT-SVID may be signed with EdDSA',
    seenIn: 'programs that take whatever their library knows',
    caughtBy: ['algorithm/not-allowed-accepted'],
  },
  {
    name: 'svid-any-use',
    title: 'A key for certificates verifies JWT-SVIDs, too',
    seenIn: 'programs that read a bundle like any other key set',
    caughtBy: ['algorithm/not-allowed-accepted'],
  },
  {
    name: 'svid-for-anybody',
    title: 'A JWT-SVID for any workload opens this one',
    seenIn: 'programs that call a library without naming an audience',
    caughtBy: [
      'audience/foreign-accepted',
      'audience/missing-accepted',
      'audience/prefix-match',
      'claims/first-duplicate-taken',
      'claims/type-coerced',
    ],
  },
  {
    name: 'svid-typed-strictly',
    title: 'A JWT-SVID must be of the type JWT where it has one',
    seenIn: 'programs written from examples',
    caughtBy: ['refusal/valid-refused'],
  },
]
