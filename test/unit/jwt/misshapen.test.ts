import { createPublicKey, verify } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { publicJwk } from '../../../harness/jwt/keys.ts'
import type { Defect } from '../../../harness/model/plan.ts'
import { minted } from './some-assertions.ts'
import { ES256, textOf } from './some-keys.ts'

/** The order of P-256 (NIST SP 800-186 §3.2.1.3). */
const ORDER = 'ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551'
const ZERO = '00'.repeat(32)

const PUBLIC = createPublicKey({
  key: {
    ...publicJwk(ES256),
    kty: 'EC',
    crv: 'P-256',
    x: textOf(ES256, 'x'),
    y: textOf(ES256, 'y'),
  },
  format: 'jwk',
})

test.each<Defect>([
  { kind: 'segments', form: 'four' },
  { kind: 'json-serialization', form: 'general' },
  { kind: 'header-member' },
  { kind: 'signature-padded' },
  { kind: 'signature-der' },
  { kind: 'signature-octets', form: 'lengthened' },
  { kind: 'signature-values', form: 's-order' },
])('what was changed after signing is not authentic: $kind', (defect) => {
  expect(minted(defect).truth).toMatchObject({ authentic: false, issuer: 'client-1', defect })
})

describe('segments', () => {
  test.each([
    ['one', 0],
    ['two', 1],
    ['four', 3],
    ['leading-dot', 3],
    ['trailing-dot', 3],
  ])('%s: so many dots', (form, dots) => {
    expect(minted({ kind: 'segments', form }).text.split('.')).toHaveLength(dots + 1)
  })
})

test('the JSON serializations hold the three segments of the compact one', () => {
  const flattened: unknown = JSON.parse(
    minted({ kind: 'json-serialization', form: 'flattened' }).text,
  )
  const general: unknown = JSON.parse(minted({ kind: 'json-serialization', form: 'general' }).text)
  const segment: unknown = expect.stringMatching(/^[\w-]{40,}$/)
  expect(flattened).toEqual({ payload: segment, protected: segment, signature: segment })
  expect(general).toEqual({
    payload: segment,
    signatures: [{ protected: segment, signature: segment }],
  })
})

describe('an ECDSA signature', () => {
  test('in DER is the right one, as every other protocol has it', () => {
    for (let i = 0; i < 20; i++) {
      const { input, signature } = halves(minted({ kind: 'signature-der' }).text)
      expect(verify('sha256', input, { key: PUBLIC, dsaEncoding: 'der' }, signature)).toBe(true)
    }
  })

  test('shortened lacks the zero that it begins with, and verifies once that is back', () => {
    const { input, signature } = halves(
      minted({ kind: 'signature-octets', form: 'shortened' }).text,
    )
    expect(signature).toHaveLength(63)
    const whole = Buffer.concat([Buffer.of(0), signature])
    expect(verify('sha256', input, { key: PUBLIC, dsaEncoding: 'ieee-p1363' }, whole)).toBe(true)
  })

  test.each([
    ['both-zero', new RegExp(`^${ZERO}${ZERO}$`)],
    ['r-zero', new RegExp(`^${ZERO}(?!${ZERO})`)],
    ['s-order', new RegExp(`^(?!${ZERO}).{64}${ORDER}$`)],
  ])('%s has numbers that no signature has', (form, hex) => {
    const { signature } = halves(minted({ kind: 'signature-values', form }).text)
    expect(signature.toString('hex')).toMatch(hex)
  })
})

test.each<Defect>([
  { kind: 'segments', form: 'none' },
  { kind: 'signature-octets', form: 'doubled' },
  { kind: 'signature-values', form: 'constructor' },
])('what nothing makes is refused: $kind $form', (defect) => {
  expect(() => minted(defect)).toThrow(RangeError)
})

function halves(text: string): { readonly input: Buffer; readonly signature: Buffer } {
  const end = text.lastIndexOf('.')
  return {
    input: Buffer.from(text.slice(0, end)),
    signature: Buffer.from(text.slice(end + 1), 'base64url'),
  }
}
