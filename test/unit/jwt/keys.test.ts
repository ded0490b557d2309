import * as fc from 'fast-check'
import { CompactSign, compactVerify, importJWK } from 'jose'
import { describe, expect, test } from 'vitest'
import { publicJwk, seededKey } from '../../../harness/jwt/keys.ts'
import type { PrivateJwk } from '../../../harness/jwt/keys.ts'
import type { Random } from '../../../harness/model/target.ts'
import { seeded } from '../../../harness/random.ts'
import { keyFor } from './some-keys.ts'

describe('a seeded key', () => {
  test('is the base point of P-256 where the draws make the smallest scalar', () => {
    const zeros: Random = { stream: () => zeros, next: () => 0 }
    const { x, y, d } = seededKey('ES256', 'one', zeros)
    // NIST SP 800-186 §3.2.1.3: the coordinates of G, which is the public key of the scalar 1.
    expect(hex(x)).toBe('6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296')
    expect(hex(y)).toBe('4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5')
    expect(hex(d)).toBe('01'.padStart(64, '0'))
  })

  test('is the same for one stream and another for each other', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (one, other) => {
        fc.pre(one !== other)
        expect(sameKid(one)).toEqual(sameKid(one))
        expect(sameKid(one)['d']).not.toBe(sameKid(other)['d'])
      }),
      { numRuns: 50 },
    )
  })

  test('of one kid is another one when the same stream is asked again', () => {
    const stream = seeded('seed')
    const first = seededKey('ES256', 'kid', stream)
    expect(seededKey('ES256', 'kid', stream)['d']).not.toBe(first['d'])
  })

  test('signs what its public part verifies, by jose alone', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), async (seed) => {
        const key = seededKey('ES256', 'kid', seeded(seed))
        const text = await new CompactSign(Buffer.from('hello'))
          .setProtectedHeader({ alg: 'ES256' })
          .sign(await importJWK(key, 'ES256'))
        const { payload } = await compactVerify(text, await importJWK(publicJwk(key), 'ES256'))
        expect(Buffer.from(payload).toString()).toBe('hello')
      }),
      { numRuns: 25 },
    )
  })
})

describe('a seeded EdDSA key', () => {
  test('is the one of RFC 8032 §7.1, test 1, where the draws make its octets', () => {
    const octets = [
      ...Buffer.from('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60', 'hex'),
    ]
    const drawing: Random = { stream: () => drawing, next: () => (octets.shift() ?? 0) / 256 }
    const key = seededKey('EdDSA', 'one', drawing)
    expect(hex(key['x'])).toBe('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a')
    expect(key).toMatchObject({ kty: 'OKP', crv: 'Ed25519', alg: 'EdDSA', kid: 'one' })
    expect(publicJwk(key)).not.toHaveProperty('d')
  })

  test('signs what its public part verifies, by jose alone', async () => {
    const key = seededKey('EdDSA', 'kid', seeded('7'))
    const text = await new CompactSign(Buffer.from('hello'))
      .setProtectedHeader({ alg: 'EdDSA' })
      .sign(await importJWK(key, 'EdDSA'))
    await expect(
      compactVerify(text, await importJWK(publicJwk(key), 'EdDSA')),
    ).resolves.toBeDefined()
  })
})

describe('the public part of a key', () => {
  test.each(['ES256', 'ES512', 'RS256', 'Ed25519'])('has nothing private for %s', (alg) => {
    const key = keyFor(alg)
    const shown = publicJwk(key)
    for (const secret of ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k']) {
      expect(shown).not.toHaveProperty(secret)
    }
    expect(shown).toMatchObject({ kty: key['kty'], kid: key['kid'], alg })
  })

  test('leaves nothing of a symmetric key, nor of a member nobody knows', () => {
    expect(publicJwk({ kty: 'oct', k: 'c2VjcmV0', kid: 'mac', seed: 'x' })).toEqual({
      kty: 'oct',
      kid: 'mac',
    })
  })
})

function sameKid(seed: string): PrivateJwk {
  return seededKey('ES256', 'same-kid', seeded(seed))
}

function hex(coordinate: unknown): string {
  return Buffer.from(String(coordinate), 'base64url').toString('hex')
}
