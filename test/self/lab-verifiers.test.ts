/**
 * Libraries that verify tokens, in versions of which it is public what is wrong with them: found where it is, and not found
 * where it was mended. docs/in-the-wild.md tells each of these in words.
 */
import { expect, test } from 'vitest'
import { ask } from './ask.ts'

/** Octets that are no UTF-8 are replaced, not refused (RFC 7515 §5.2 steps 3 and 8, RFC 7519 §7.2). */
const LATIN_1_READ = [
  'rfc7519/7.2/structure:invalid-utf-8',
  'rfc8725/3.7/utf8:header-invalid-utf-8',
  'rfc8725/3.7/utf8:payload-invalid-utf-8',
]

/** Extensions marked as critical are passed over (RFC 7515 §4.1.11). */
const CRITICAL_IGNORED = [
  'rfc7515/4.1.11/crit-unknown:one-unknown',
  'rfc7797/7/b64-false:only-said',
]

const FAILED: Readonly<Record<string, readonly string[]>> = {
  'jsonwebtoken/v4': [
    ...LATIN_1_READ,
    ...CRITICAL_IGNORED,
    // CVE-2015-9235: the header chooses between a signature and a MAC.
    'rfc8725/2.1/rs-hs-confusion:pem',
    'rfc8725/2.1/rs-hs-confusion:rsa-pem-of-rsa',
    'rfc7515/4.1.1/alg-case:small',
    'rfc7515/4.1.1/alg-case:mixed',
    'rfc7515/4.1.1/alg-case:with-a-space',
    // It came to know `nbf` later.
    'rfc9068/4/exp:not-begun',
  ],
  'jsonwebtoken/v9': [...LATIN_1_READ, ...CRITICAL_IGNORED],
  'fast-jwt/v3': [
    ...LATIN_1_READ,
    ...CRITICAL_IGNORED,
    // CVE-2023-48223: an RSA key in the PEM of RFC 8017 is taken for a secret, and so of no use for RS256.
    'rfc8725/2.1/rs-hs-confusion:rsa-pem-of-rsa',
    'rfc9068/2.1/rs256:registered-key',
    'rfc7515/2/b64-alphabet:plus-and-slash',
  ],
  'fast-jwt/v6': LATIN_1_READ,
}

test.each(Object.entries(FAILED))(
  '%s fails in what is known of it, and in nothing else',
  async (name, known) => {
    const { record } = await ask({ target: `targets/lab/${name}.yaml`, suites: ['**'] })
    const failed = record.checks.filter(({ verdict }) => verdict === 'fail')
    expect(failed.map(({ id, case: of }) => `${id}:${of}`).toSorted()).toEqual(known.toSorted())
    expect(record.checks.filter(({ verdict }) => verdict === 'inconclusive')).toEqual([])
    expect(record.exitCode).toBe(1)
  },
)
