import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dealt } from '../../../harness/plan/shard.ts'

const names = fc.uniqueArray(fc.string(), { maxLength: 60 })
const many = fc.integer({ min: 1, max: 8 })

function hand(pieces: readonly string[], index: number, of: number): readonly string[] {
  return dealt(pieces, (name) => name, { index, of })
}

describe('work dealt to shards', () => {
  test('is each piece in one shard, and as much for one as for any other or one more', () => {
    fc.assert(
      fc.property(names, many, (pieces, of) => {
        const hands = Array.from({ length: of }, (_, index) => hand(pieces, index + 1, of))
        expect(hands.flat().toSorted()).toEqual(pieces.toSorted())
        const sizes = hands.map((each) => each.length)
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1)
      }),
    )
  })
  test('must not depend on the order in which a machine lists it, and keeps that order', () => {
    fc.assert(
      fc.property(names, many, fc.nat(), (pieces, of, raw) => {
        const index = (raw % of) + 1
        const own = hand(pieces, index, of)
        expect(hand(pieces.toReversed(), index, of).toReversed()).toEqual(own)
        expect(pieces.filter((piece) => own.includes(piece))).toEqual(own)
      }),
    )
  })
  test('is all of it without a shard', () => {
    expect(dealt(['b', 'a'], (name) => name, null)).toEqual(['b', 'a'])
    expect(hand(['b', 'a'], 1, 1)).toEqual(['b', 'a'])
  })
})
