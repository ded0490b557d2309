import * as fc from 'fast-check'
import { compactVerify, decodeJwt, decodeProtectedHeader, importJWK } from 'jose'
import { describe, expect, test } from 'vitest'
import { alter, alteredTruth, breaksAuthenticity, suits } from '../../../harness/jwt/alter.ts'
import { publicJwk } from '../../../harness/jwt/keys.ts'
import { signerOf } from '../../../harness/jwt/sign.ts'
import type { Truth } from '../../../harness/model/history.ts'
import type { Defect } from '../../../harness/model/plan.ts'
import { ES256, keyFor, textOf } from './some-keys.ts'

/** Half of P-256's order, rounded down (NIST SP 800-186 §3.2.1.3). */
const HALF_ORDER = 0x7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a8n

const TRUTH: Truth = {
  issuer: 'client-1',
  subject: 'client-1',
  audience: 'https://issuer.example',
  authentic: true,
  algorithm: 'ES256',
  jti: 'j',
  expUs: 1_700_000_060_000_000,
  nbfUs: null,
  iatUs: 1_700_000_000_000_000,
  defect: null,
}

describe('what breaks authenticity', () => {
  const FORGERIES: readonly Defect[] = [
    { kind: 'signature-bit' },
    { kind: 'payload-bit' },
    { kind: 'signature-empty' },
    { kind: 'algorithm-none', spelling: 'none' },
    { kind: 'algorithm-none', spelling: 'nOnE' },
  ]

  test.each(FORGERIES)('is refused by jose: $kind $spelling', async (defect) => {
    const text = signed()
    const altered = alter(text, defect)
    expect(altered).not.toBe(text)
    await expect(verified(text)).resolves.toBe(true)
    await expect(verified(altered)).resolves.toBe(false)
    expect(breaksAuthenticity(defect)).toBe(true)
    expect(alteredTruth(TRUTH, defect)).toMatchObject({ authentic: false, defect })
  })

  test('is no defect, nor one that the source only names', () => {
    expect(breaksAuthenticity(null)).toBe(false)
    for (const kind of ['claim', 'audience', 'expired', 'foreign-key']) {
      expect(breaksAuthenticity({ kind })).toBe(false)
      expect(alter('a.b.c', { kind })).toBe('a.b.c')
      expect(alteredTruth(TRUTH, { kind })).toEqual({ ...TRUTH, defect: { kind } })
    }
  })

  test('stays broken whatever is done to it afterwards', () => {
    const forged = { ...TRUTH, authentic: false }
    expect(alteredTruth(forged, { kind: 'signature-high-s' }).authentic).toBe(false)
  })
})

describe('other bytes of the same signed object', () => {
  test.each(['ES256', 'RS256', 'Ed25519'])('spare bits of %s decode to the same', async (alg) => {
    const key = keyFor(alg)
    const text = signed({}, key)
    const altered = alter(text, { kind: 'signature-trailing-bits' })
    expect(altered.slice(0, -1)).toBe(text.slice(0, -1))
    expect(altered.slice(-1)).not.toBe(text.slice(-1))
    expect(signatureOf(altered)).toEqual(signatureOf(text))
    await expect(verified(altered, key)).resolves.toBe(true)
    expect(breaksAuthenticity({ kind: 'signature-trailing-bits' })).toBe(false)
  })

  test('has no spare bits where the signature fills its characters (ES384: 96 octets, 128 characters)', () => {
    const text = signed({}, keyFor('ES384'))
    expect(() => alter(text, { kind: 'signature-trailing-bits' })).toThrow(RangeError)
  })

  test('(r, n - s) verifies, and twice over is the text itself', async () => {
    const defect = { kind: 'signature-high-s' }
    for (let i = 0; i < 20; i++) {
      const text = signed({ i })
      const altered = alter(text, defect)
      expect(altered).not.toBe(text)
      expect(signatureOf(altered).subarray(0, 32)).toEqual(signatureOf(text).subarray(0, 32))
      await expect(verified(altered)).resolves.toBe(true)
      expect(alter(altered, defect)).toBe(text)
      expect(suits(text, defect)).toBe(sOf(altered) > HALF_ORDER)
    }
    expect(breaksAuthenticity(defect)).toBe(false)
  })

  test('(r, n - s) is made of ES256 alone', () => {
    const text = signed({}, keyFor('Ed25519'))
    expect(() => alter(text, { kind: 'signature-high-s' })).toThrow(RangeError)
  })
})

describe('a bit', () => {
  test('of the signature is one bit of what it decodes to', () => {
    const text = signed()
    const altered = alter(text, { kind: 'signature-bit' })
    expect(withoutSignature(altered)).toBe(withoutSignature(text))
    expect(differingBits(signatureOf(altered), signatureOf(text))).toBe(1)
  })

  test('of the payload is one bit of it, and moves exp by a second that the truth knows of', () => {
    const claims = fc.record({ exp: fc.nat(2 ** 32), odd: fc.jsonValue() })
    fc.assert(
      fc.property(claims, ({ exp, odd }) => {
        const text = unsigned({ odd: JSON.parse(JSON.stringify(odd)), exp, iat: 5 })
        const altered = alter(text, { kind: 'payload-bit' })
        expect(differingBits(payloadOf(altered), payloadOf(text))).toBe(1)
        const moved = decodeJwt(altered).exp ?? Number.NaN
        expect(Math.abs(moved - exp)).toBe(1)
        const truth = alteredTruth({ ...TRUTH, expUs: exp * 1e6 }, { kind: 'payload-bit' })
        expect(truth.expUs).toBe(moved * 1e6)
      }),
    )
  })

  test.each([[undefined], [-3], ['60']])('of the payload is not made of exp %s', (exp) => {
    expect(() => alter(unsigned({ exp }), { kind: 'payload-bit' })).toThrow(RangeError)
  })
})

describe('algorithm-none', () => {
  test('has the spelling asked for, no signature, and the claims as they were', () => {
    const text = signed()
    const defect = { kind: 'algorithm-none', spelling: 'NonE' }
    const altered = alter(text, defect)
    expect(decodeProtectedHeader(altered)).toEqual({ alg: 'NonE', kid: 'client-1-key' })
    expect(altered.split('.')[1]).toBe(text.split('.')[1])
    expect(altered.endsWith('.')).toBe(true)
    expect(alteredTruth(TRUTH, defect).algorithm).toBe('NonE')
  })

  test('is none when nothing is asked for, and never another word', () => {
    expect(decodeProtectedHeader(alter(signed(), { kind: 'algorithm-none' })).alg).toBe('none')
    const wrong = { kind: 'algorithm-none', spelling: 'HS256' }
    expect(() => alter(signed(), wrong)).toThrow(RangeError)
  })
})

test('a kind that nothing makes is refused at once', () => {
  const defect = { kind: 'toString' }
  expect(() => alter(signed(), defect)).toThrow(RangeError)
  expect(() => breaksAuthenticity(defect)).toThrow(RangeError)
  expect(() => alteredTruth(TRUTH, defect)).toThrow(RangeError)
})

test.each(['', 'a.b', 'a.b.c.d'])('%j is no compact JWS', (text) => {
  expect(() => alter(text, { kind: 'signature-empty' })).toThrow(RangeError)
})

function signed(claims: object = {}, key = ES256): string {
  const input = withoutSignature(unsigned({ exp: 1_700_000_060, ...claims }, key))
  return `${input}.${signerOf(key)(input).toString('base64url')}`
}

function unsigned(claims: object, key = ES256): string {
  const header = { alg: key['alg'], kid: key['kid'] }
  const encoded = [header, claims].map((each) => Buffer.from(JSON.stringify(each)))
  return `${encoded.map((each) => each.toString('base64url')).join('.')}.`
}

async function verified(text: string, key = ES256): Promise<boolean> {
  const verifying = await importJWK(publicJwk(key), textOf(key, 'alg'))
  return compactVerify(text, verifying).then(
    () => true,
    () => false,
  )
}

function withoutSignature(text: string): string {
  return text.slice(0, text.lastIndexOf('.'))
}

function payloadOf(text: string): Buffer {
  return Buffer.from(text.split('.')[1] ?? '', 'base64url')
}

function signatureOf(text: string): Buffer {
  return Buffer.from(text.slice(text.lastIndexOf('.') + 1), 'base64url')
}

function sOf(text: string): bigint {
  return BigInt(`0x${signatureOf(text).subarray(32).toString('hex')}`)
}

function differingBits(one: Uint8Array, other: Uint8Array): number {
  expect(one.length).toBe(other.length)
  const bits = [...one].map((octet, i) => (octet ^ (other[i] ?? 0)).toString(2))
  return bits.join('').replaceAll('0', '').length
}
