/** Goal: every choice of values for any few factors is in some row, and the rows are far fewer than all there could be. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { coverage, coveringRows } from '../../../harness/plan/properties/cover.ts'

const SIZES = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 6 })

describe('covering rows', () => {
  test('cover every choice, whatever the sizes', () => {
    fc.assert(
      fc.property(SIZES, fc.integer({ min: 1, max: 3 }), (sizes, strength) => {
        const rows = coveringRows(sizes, strength)
        const { covered, of } = coverage(rows, sizes, strength)
        expect(covered).toBe(of)
        for (const row of rows) {
          expect(row).toHaveLength(sizes.length)
          for (const [at, value] of row.entries()) expect(value).toBeLessThan(sizes[at] ?? 0)
        }
      }),
      { numRuns: 60 },
    )
  })

  test('are the same for the same sizes, and none stands there twice', () => {
    const rows = coveringRows([3, 2, 4, 2, 2], 2)
    expect(coveringRows([3, 2, 4, 2, 2], 2)).toEqual(rows)
    expect(new Set(rows.map((row) => JSON.stringify(row))).size).toBe(rows.length)
  })

  test('are not many more than the two largest factors need', () => {
    const sizes = [4, 3, 2, 2, 2, 2, 2, 2, 2, 3]
    expect(coveringRows(sizes, 2).length).toBeGreaterThanOrEqual(12)
    expect(coveringRows(sizes, 2).length).toBeLessThanOrEqual(18)
    expect(coveringRows(sizes, 3).length).toBeLessThanOrEqual(72)
  })

  test('of one factor at a time are as many as the largest has values', () => {
    expect(coveringRows([3, 5, 2], 1)).toHaveLength(5)
  })

  test('of factors that have one value each are one row', () => {
    expect(coveringRows([1, 1, 1], 2)).toEqual([[0, 0, 0]])
  })
})

describe('coverage', () => {
  test('counts the choices that some row has', () => {
    expect(coverage([[0, 0]], [2, 2], 2)).toEqual({ covered: 1, of: 4 })
    expect(
      coverage(
        [
          [0, 0],
          [1, 1],
        ],
        [2, 2],
        1,
      ),
    ).toEqual({ covered: 4, of: 4 })
    expect(coverage([], [2, 3], 2)).toEqual({ covered: 0, of: 6 })
  })
})
