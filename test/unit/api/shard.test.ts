import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { pieceOf } from '../../../api/shard.ts'
import baseline from '../../../scenarios/baseline.ts'
import replayRace from '../../../scenarios/replay-race.ts'
import { CHECKS } from '../../../suites/index.ts'
import { PROPERTIES } from '../../../suites/properties/index.ts'

const ALL = { checks: CHECKS, properties: PROPERTIES, scenarios: [baseline, replayRace] }

describe('the work of a shard', () => {
  test('is all of it without one', () => {
    const piece = pieceOf(ALL, 2, null)
    expect(piece.checks).toEqual(CHECKS)
    expect(piece.scenarios).toEqual([
      { scenario: baseline, repetitions: [0, 1] },
      { scenario: replayRace, repetitions: [0, 1] },
    ])
  })
  test('is whole repetitions, each in one shard, and about as many in each', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 3, max: 12 }), (of, repeat) => {
        const pieces = Array.from({ length: of }, (_, index) =>
          pieceOf(ALL, repeat, { index: index + 1, of }),
        )
        const asked = pieces.map(({ scenarios }) =>
          scenarios.flatMap(({ scenario, repetitions }) =>
            repetitions.map((each) => `${scenario.name}/${each}`),
          ),
        )
        expect(new Set(asked.flat()).size).toBe(2 * repeat)
        expect(asked.flat()).toHaveLength(2 * repeat)
        const sizes = asked.map((each) => each.length)
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1)
        expect(pieces.flatMap(({ checks }) => checks)).toHaveLength(CHECKS.length)
      }),
      { numRuns: 20 },
    )
  })
  test('must not be nothing: a shard that asks nothing would prove nothing', () => {
    const one = { checks: [], properties: [], scenarios: [replayRace] }
    const empty = [1, 2, 3].filter((index) => {
      try {
        pieceOf(one, 1, { index, of: 3 })
        return false
      } catch (error) {
        expect(String(error)).toContain(`shard ${index}/3 has nothing to do`)
        return true
      }
    })
    expect(empty).toHaveLength(2)
    expect(pieceOf(one, 3, { index: 3, of: 3 }).scenarios).toHaveLength(1)
  })
})
