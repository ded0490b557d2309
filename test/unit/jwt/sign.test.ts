import * as fc from 'fast-check'
import { compactVerify, importJWK } from 'jose'
import { describe, expect, test } from 'vitest'
import { publicJwk } from '../../../harness/jwt/keys.ts'
import { rawFromDer, signerOf } from '../../../harness/jwt/sign.ts'
import { toOctets } from '../../../harness/jwt/p256.ts'
import { ES256, keyFor } from './some-keys.ts'

const ALGORITHMS =
  'ES256 ES384 ES512 RS256 RS384 RS512 PS256 PS384 PS512 HS256 HS384 HS512 EdDSA Ed25519'.split(' ')

describe('a signer', () => {
  test.each(ALGORITHMS)('of %s makes what jose verifies', async (alg) => {
    const key = keyFor(alg)
    const header = Buffer.from(JSON.stringify({ alg })).toString('base64url')
    const sign = signerOf(key)
    const verifying = await importJWK(key['kty'] === 'oct' ? { ...key } : publicJwk(key), alg)
    // Enough that lengths of r and s other than the usual occur among the elliptic ones.
    for (let i = 0; i < 40; i++) {
      const input = `${header}.${Buffer.from(`message ${i}`).toString('base64url')}`
      const text = `${input}.${sign(input).toString('base64url')}`
      const { payload } = await compactVerify(text, verifying)
      expect(Buffer.from(payload).toString()).toBe(`message ${i}`)
    }
  })

  test('is made once for each key', () => {
    expect(signerOf(ES256)).toBe(signerOf(ES256))
    expect(signerOf({ ...ES256 })).not.toBe(signerOf(ES256))
  })

  test.each([
    ['of an algorithm that has none', { ...ES256, alg: 'none' }],
    ['that is no secret, for one that takes secrets', { ...ES256, alg: 'HS256' }],
    ['whose secret is empty', { kty: 'oct', k: '', alg: 'HS256' }],
    ['named like a member of every object', { ...ES256, alg: 'constructor' }],
    ['without an algorithm', { kty: 'EC', crv: 'P-256' }],
    ['on another curve', { ...ES256, crv: 'P-384' }],
    ['of another kind', { ...ES256, alg: 'RS256' }],
  ])('is not made for a key %s', (_, key) => {
    expect(() => signerOf(key)).toThrow(RangeError)
  })
})

describe('r and s cut out of DER', () => {
  test('are padded where they are short and lose the zero that keeps them positive', () => {
    const r = [0x01, 0x02]
    const s = [0x00, ...Array<number>(32).fill(0xff)]
    const der = Uint8Array.from([0x30, 39, 0x02, 2, ...r, 0x02, 33, ...s])
    expect(rawFromDer(der, 32).toString('hex')).toBe('0102'.padStart(64, '0') + 'ff'.repeat(32))
  })

  test('are found behind a length of two octets', () => {
    const part = [0x02, 66, ...Array<number>(66).fill(0x17)]
    const der = Uint8Array.from([0x30, 0x81, 136, ...part, ...part])
    expect(rawFromDer(der, 66).toString('hex')).toBe('17'.repeat(132))
  })

  test('are the numbers that were put in', () => {
    const number = fc.bigInt({ min: 1n, max: 2n ** 256n - 1n })
    const shortNumber = fc.bigInt({ min: 1n, max: 2n ** 20n })
    fc.assert(
      fc.property(fc.oneof(number, shortNumber), fc.oneof(number, shortNumber), (r, s) => {
        const integers = [...derInteger(r), ...derInteger(s)]
        const der = Uint8Array.from([0x30, integers.length, ...integers])
        expect(rawFromDer(der, 32)).toEqual(Buffer.concat([toOctets(r), toOctets(s)]))
      }),
    )
  })
})

/** X.690 §8.3: as few octets as possible, the first below 0x80. */
function derInteger(value: bigint): readonly number[] {
  const octets = [...toOctets(value)]
  const significant = octets.slice(octets.findIndex((octet) => octet !== 0))
  const positive = (significant[0] ?? 0) < 0x80 ? significant : [0, ...significant]
  return [0x02, positive.length, ...positive]
}
