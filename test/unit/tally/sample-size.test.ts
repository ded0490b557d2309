import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { oneSided } from '../../../harness/tally/interval.ts'
import { planned, sampleSize, unitsFor } from '../../../harness/tally/sample-size.ts'

describe('a sample size', () => {
  test.each([
    [1e-2, [299, 473, 628, 773], [0.7414, 0.9179, 0.9741, 0.992]],
    [1e-3, [2995, 4742, 6294, 7752], [0.7412, 0.9175, 0.9739, 0.9918]],
    [1e-4, [29_956, 47_437, 62_956, 77_535], [0.7411, 0.9175, 0.9739, 0.9918]],
  ])('for %d, with none, one, two and three errors allowed', (limit, units, chances) => {
    for (const errors of [0, 1, 2, 3]) {
      const size = sampleSize(limit, errors)
      expect(size.units).toBe(units[errors])
      expect(size.chance).toBeCloseTo(chances[errors] ?? 0, 4)
    }
  })
  test('is the first that a target at a tenth of the limit passes 95 times in a hundred', () => {
    expect(planned(1e-3)).toEqual({ units: 6294, errors: 2, chance: expect.closeTo(0.9739, 4) })
    expect(planned(1e-3, 0.7)).toMatchObject({ units: 2995, errors: 0 })
    expect(planned(1e-3, 0.99)).toMatchObject({ units: 7752, errors: 3 })
  })
  test('holds its limit, and one unit less does not', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-4, max: 0.9, noNaN: true }), fc.nat(6), (limit, errors) => {
        const units = unitsFor(limit, errors)
        expect(oneSided(errors, units).upper).toBeLessThan(limit)
        if (units - 1 > errors) {
          expect(oneSided(errors, units - 1).upper).toBeGreaterThanOrEqual(limit)
        }
      }),
    )
  })
  test.each([0, 1, -1, Number.NaN])('refuses a limit of %d', (limit) => {
    expect(() => unitsFor(limit, 0)).toThrow(
      new RangeError(`a limit must lie between 0 and 1, not at ${limit}`),
    )
  })
})
