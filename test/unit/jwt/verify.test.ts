/** Signatures made elsewhere are the key's or are none, and are what jose verifies. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { signerOf } from '../../../harness/jwt/sign.ts'
import { signatureIn, verifierOf } from '../../../harness/jwt/verify.ts'
import { ES256, keyFor, OTHER_ES256 } from './some-keys.ts'

const ALGORITHMS = 'ES256 ES384 ES512 RS256 RS384 RS512 PS256 PS384 PS512 EdDSA Ed25519'.split(' ')

describe('a signature', () => {
  test.each(ALGORITHMS)('of %s is the key’s for what was signed, and for nothing else', (alg) => {
    const key = keyFor(alg)
    const verifies = verifierOf(key)
    const signature = signerOf(key)('a.b')
    expect(verifies('a.b', signature)).toBe(true)
    expect(verifies('a.c', signature)).toBe(false)
    const bent = Uint8Array.from(signature, (octet, at) => (at === 3 ? octet ^ 1 : octet))
    expect(verifies('a.b', bent)).toBe(false)
  })

  test('of another key is none', () => {
    expect(verifierOf(OTHER_ES256)('a.b', signerOf(ES256)('a.b'))).toBe(false)
  })

  test.each(['HS256', 'none', 'ES256K'])('of %s cannot be verified by a public key', (alg) => {
    expect(() => verifierOf({ ...ES256, alg })).toThrow(RangeError)
  })
})

describe('what a signer prints', () => {
  test('is any octets in base64 or base64url, for an algorithm with one form', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1 }), (octets) => {
        for (const encoding of ['base64', 'base64url'] as const) {
          const printed = `${Buffer.from(octets).toString(encoding)}\n`
          expect(Uint8Array.from(signatureIn(printed, 'RS256'))).toEqual(octets)
        }
      }),
    )
  })

  test.each(['', 'a b', '{"signature":"AAAA"}', '-----BEGIN PGP'])('%j is refused', (printed) => {
    expect(() => signatureIn(printed, 'RS256')).toThrow(RangeError)
  })

  test('is of the right length for an elliptic curve, or DER', () => {
    const wrong = Buffer.alloc(63, 7).toString('base64')
    expect(() => signatureIn(wrong, 'ES256')).toThrow(RangeError)
  })
})
