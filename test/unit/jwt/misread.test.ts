import { compactVerify, importJWK } from 'jose'
import { describe, expect, test } from 'vitest'
import { publicJwk } from '../../../harness/jwt/keys.ts'
import type { Defect, Json } from '../../../harness/model/plan.ts'
import { minted } from './some-assertions.ts'
import { ES256 } from './some-keys.ts'

const PAYLOADS = [
  'array',
  'string',
  'null',
  'truncated',
  'garbage-after',
  'utf-16',
  'invalid-utf-8',
]

describe('written otherwise and then signed', () => {
  test.each<Defect>([
    ...PAYLOADS.map((form) => ({ kind: 'payload-text', form })),
    { kind: 'payload-spaced' },
    { kind: 'duplicate-claim', claim: 'exp', last: 1 },
    { kind: 'raw-claim', claim: 'exp', literal: '1e400' },
  ])('its right key did sign it: $kind $form', async (defect) => {
    const { text, truth } = minted(defect)
    expect(truth).toMatchObject({ authentic: true, defect })
    const verifying = await importJWK(publicJwk(ES256), 'ES256')
    await expect(compactVerify(text, verifying)).resolves.toBeDefined()
  })

  test.each(PAYLOADS)('a payload that is %s is no JSON object in UTF-8', (form) => {
    expect(() => {
      const decoder = new TextDecoder('utf-8', { fatal: true })
      const value: Json = JSON.parse(
        decoder.decode(payloadOf(minted({ kind: 'payload-text', form }).text)),
      )
      if (typeof value !== 'object' || value === null || Array.isArray(value))
        throw new TypeError('not one')
    }).toThrow()
  })

  test('spaces between the members change none of them', () => {
    const spaced = payloadOf(minted({ kind: 'payload-spaced' }).text).toString()
    expect(spaced).toContain('\n')
    expect(JSON.parse(spaced)).toEqual(JSON.parse(payloadOf(minted(null).text).toString()))
  })
})

describe('a claim that stands twice', () => {
  const defect = { kind: 'duplicate-claim', claim: 'exp', last: { $now: -60 } }

  test('stands there first as it should be and then as the defect says, at the time of sending', () => {
    const text = payloadOf(minted(defect).text).toString()
    expect([...text.matchAll(/"exp":(\d+)/g)].map((each) => Number(each[1]))).toEqual([
      1_700_000_060, 1_699_999_940,
    ])
  })

  test('is in the truth as whoever takes the last reads it', () => {
    expect(minted(defect).truth).toMatchObject({
      expUs: 1_699_999_940_000_000,
      authentic: true,
      defect,
    })
    const stranger = { kind: 'duplicate-claim', claim: 'iss', last: 'somebody-else' }
    expect(minted(stranger).truth).toMatchObject({ issuer: 'somebody-else', authentic: false })
  })
})

test('a number too large to be one is written as it is, and finite in the truth', () => {
  const { text, truth } = minted({ kind: 'raw-claim', claim: 'exp', literal: '1e400' })
  expect(payloadOf(text).toString()).toContain('"exp":1e400')
  expect(truth.expUs).toBe(Number.MAX_VALUE)
})

describe('padding', () => {
  test.each([0, 1])('ends segment %i, and the signature covers it', (index) => {
    const segment = index === 0 ? 'header' : 'payload'
    const { text, truth } = minted({ kind: 'padded', segment })
    const padded = text.split('.')[index] ?? ''
    expect(padded).toMatch(/^[\w-]+={1,2}$/)
    expect(padded.length % 4).toBe(0)
    expect(() => JSON.parse(Buffer.from(padded, 'base64').toString())).not.toThrow()
    expect(truth.authentic).toBe(true)
  })
})

test('an unencoded payload has no dot of its own, and reads as the same claims', () => {
  const { text } = minted({ kind: 'payload-unencoded' })
  const [, payload = '', ...rest] = text.split('.')
  expect(rest).toHaveLength(1)
  expect(JSON.parse(payload)).toMatchObject({ iss: 'client-1', aud: 'https://issuer.example' })
})

test.each<Defect>([
  { kind: 'payload-text', form: 'toString' },
  { kind: 'payload-text' },
  { kind: 'padded', segment: 'signature' },
])('what nothing makes is refused: $kind $form $segment', (defect) => {
  expect(() => minted(defect)).toThrow(RangeError)
})

function payloadOf(text: string): Buffer {
  return Buffer.from(text.split('.')[1] ?? '', 'base64url')
}
