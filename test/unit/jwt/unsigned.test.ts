import fc from 'fast-check'
import { compactVerify, importJWK } from 'jose'
import { expect, test } from 'vitest'
import { alter, breaksAuthenticity } from '../../../harness/jwt/alter.ts'
import { publicJwk } from '../../../harness/jwt/keys.ts'
import { signerOf } from '../../../harness/jwt/sign.ts'
import type { Defect } from '../../../harness/model/plan.ts'
import { ES256 } from './some-keys.ts'

const INPUT = ['{"alg":"ES256"}', '{"iss":"a"}']
  .map((text) => Buffer.from(text).toString('base64url'))
  .join('.')

function signed(): string {
  return `${INPUT}.${signerOf(ES256)(INPUT).toString('base64url')}`
}

function octetsOf(text: string): Buffer {
  return Buffer.from(text.split('.')[2] ?? '', 'base64url')
}

async function verifies(text: string): Promise<boolean> {
  const key = await importJWK(publicJwk(ES256), 'ES256')
  return compactVerify(text, key).then(
    () => true,
    () => false,
  )
}

test('a signature cut short keeps its beginning, and jose refuses it', async () => {
  const text = signed()
  await expect(verifies(text)).resolves.toBe(true)
  for (const by of [1, 32, 63]) {
    const cut = alter(text, { kind: 'signature-cut', by })
    expect(octetsOf(cut)).toEqual(octetsOf(text).subarray(0, 64 - by))
    await expect(verifies(cut)).resolves.toBe(false)
  }
})

test('cut by more than it has it is empty', () => {
  expect(alter(signed(), { kind: 'signature-cut', by: 99 }).endsWith('.')).toBe(true)
})

test('octets in the place of a signature are none, and jose refuses them', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ minLength: 8, maxLength: 96 }), async (drawn) => {
      const octets = Buffer.from(drawn).toString('base64url')
      const text = alter(signed(), { kind: 'signature-random', octets })
      expect(text.startsWith(`${INPUT}.`)).toBe(true)
      expect(octetsOf(text)).toEqual(Buffer.from(drawn))
      await expect(verifies(text)).resolves.toBe(false)
    }),
    { numRuns: 25 },
  )
})

test.each<Defect>([
  { kind: 'signature-cut' },
  { kind: 'signature-cut', by: 0 },
  { kind: 'signature-cut', by: 1.5 },
  { kind: 'signature-random' },
])('%j is not made', (defect) => {
  expect(breaksAuthenticity(defect)).toBe(true)
  expect(() => alter(signed(), defect)).toThrow(RangeError)
})
