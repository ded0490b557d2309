/** What is told once for many assertions makes each of them the same, text and truth, as if it had been told in full. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  mintText,
  truthOf,
  type MintContext,
  type MintedSource,
} from '../../../harness/jwt/mint.ts'
import { moulded, Moulds, stemOf, truthIn } from '../../../harness/jwt/mould.ts'
import type { Defect, Json } from '../../../harness/model/plan.ts'
import { keyFor } from './some-keys.ts'

const ED = keyFor('EdDSA')
const CONTEXT: MintContext = {
  keys: { one: ED },
  owners: { one: 'client-1' },
  runId: 'ABCDEFGHIJKLMNOPQRSTUV',
}
const HEADER = { alg: 'EdDSA' }
const SHARED = { iss: 'client-1', exp: { $now: 60 }, aud: ['a', 'b'] }

function source(stem: Json, change: Partial<MintedSource> = {}): MintedSource {
  return {
    kind: 'minted',
    usage: 'client-authentication',
    signer: 'one',
    header: HEADER,
    claims: { ...SHARED, jti: stem, iat: 5 },
    defect: null,
    last: true,
    ...change,
  }
}
const jti = (stem: string): Json => ({ $jti: stem })

describe('sources of one mould', () => {
  test('differ in their identifier alone', () => {
    const moulds = new Moulds()
    const first = moulds.find(source(jti('a')))
    expect(moulds.find(source(jti('b')))).toBe(first)
    expect(moulds.find(source(jti('c'), { last: false }))).toBe(first)
    expect(first?.seen).toBe(3)
  })

  test.each<[string, Partial<MintedSource>]>([
    ['signer', { signer: 'other' }],
    ['defect', { defect: { kind: 'signature-bit' } }],
    ['indent', { indent: ' ' }],
    ['header', { header: { ...HEADER } }],
    ['claim', { claims: { ...SHARED, jti: jti('a'), iat: 6 } }],
    ['claims, one more', { claims: { ...SHARED, jti: jti('a'), iat: 5, nbf: 0 } }],
    ['claims, one fewer', { claims: { ...SHARED, jti: jti('a') } }],
    ['order of claims', { claims: { jti: jti('a'), ...SHARED, iat: 5 } }],
    ['claim by another object', { claims: { ...SHARED, aud: ['a', 'b'], jti: jti('a'), iat: 5 } }],
  ])('never have another %s', (_what, change) => {
    const moulds = new Moulds()
    expect(moulds.find(source(jti('a'), change))).not.toBe(moulds.find(source(jti('a'))))
  })

  test.each<[string, Json]>([
    ['is a text', 'fixed'],
    ['is made otherwise', { $now: 1 }],
    ['is no text', 5],
  ])('are none where the identifier %s', (_how, value) => {
    expect(new Moulds().find(source(value))).toBeNull()
  })
})

describe('an assertion from its mould', () => {
  const defects: readonly (Defect | null)[] = [
    null,
    { kind: 'signature-bit' },
    { kind: 'payload-bit' },
  ]

  test('has the text and the truth of its source', () => {
    const moulds = new Moulds()
    const whole = fc.record({
      stem: fc.string({ maxLength: 12 }),
      atUs: fc.integer({ min: 1_600_000_000_000_000, max: 1_600_000_004_000_000 }),
      defect: fc.constantFrom(...defects),
    })
    fc.assert(
      fc.property(whole, ({ stem, atUs, defect }) => {
        const given = source(jti(stem), { defect })
        const mould = moulds.find(given)
        if (mould === null) throw new Error('no mould')
        const own = stemOf(given) ?? ''
        // Ed25519 signs the same text in the same way each time.
        expect(mintText(moulded(mould.source, own), atUs, CONTEXT)).toBe(
          mintText(given, atUs, CONTEXT),
        )
        expect(truthIn(mould, own, atUs, CONTEXT)).toEqual(truthOf(given, atUs, CONTEXT))
      }),
    )
  })
})
