import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { atMost, binomialQuantile, drawnAtLeast, lnBeta } from '../../../harness/tally/binomial.ts'

describe('binomial', () => {
  test('3 or fewer of 7,752 at one in ten thousand are as likely as SciPy says', () => {
    expect(Math.abs(atMost(3, 7752, 1e-4) - 0.9918428784322739)).toBeLessThan(1e-9)
    expect(atMost(0, 2995, 1e-4)).toBeCloseTo(0.9999 ** 2995, 9)
  })
  test('quantiles are the least counts that suffice', () => {
    expect(binomialQuantile(1 - 0.01 / 10, 100, 0.05)).toBe(13)
    expect(binomialQuantile(1 - 0.01 / 30, 120, 0.0249)).toBe(10)
    expect(binomialQuantile(0.999, 100, 0.95)).toBe(100)
    fc.assert(
      fc.property(
        fc.double({ min: 0.001, max: 0.999, noNaN: true }),
        fc.integer({ min: 1, max: 400 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (probability, trials, chance) => {
          const count = binomialQuantile(probability, trials, chance)
          expect(atMost(count, trials, chance)).toBeGreaterThanOrEqual(probability - 1e-12)
          if (count > 0) expect(atMost(count - 1, trials, chance)).toBeLessThan(probability)
        },
      ),
    )
  })
})

describe('draws without putting back', () => {
  test.each([
    [17, 20, 17, 40, 1.2847621301458902e-8],
    [9, 60, 12, 120, 0.06272377368171198],
    [9, 3000, 10, 6000, 0.010690960740378265],
    [5, 59, 5, 118, 0.028613898179115565],
  ])('%i or more of %i drawn, of %i among %i', (...row) => {
    const [events, drawn, of, among, chance] = row
    expect(Math.abs(drawnAtLeast(events, { drawn, of, among }) - chance)).toBeLessThan(1e-9)
  })
  test('are as likely as counting them out says', () => {
    fc.assert(
      fc.property(fc.nat(8), fc.nat(8), fc.nat(8), fc.nat(8), (a, b, c, d) => {
        const [among, of, drawn] = [a + b + c + d, a + b, a + c]
        if (among === 0) return
        const counted = countedOut(a, { drawn, of, among })
        expect(drawnAtLeast(a, { drawn, of, among })).toBeCloseTo(counted, 9)
      }),
    )
  })
})

test('the beta function is that of factorials', () => {
  // B(4, 6) = 3! 5! / 9!
  expect(Math.exp(lnBeta(4, 6))).toBeCloseTo(1 / 504, 12)
  expect(Math.exp(lnBeta(0.5, 0.5))).toBeCloseTo(Math.PI, 12)
})

/** In whole numbers of any length. */
function countedOut(
  events: number,
  { drawn, of, among }: { drawn: number; of: number; among: number },
): number {
  let ways = 0n
  for (let count = events; count <= Math.min(drawn, of); count++) {
    ways += choose(of, count) * choose(among - of, drawn - count)
  }
  return Number((ways * 10n ** 15n) / choose(among, drawn)) / 1e15
}

function choose(of: number, chosen: number): bigint {
  if (chosen < 0 || chosen > of) return 0n
  let ways = 1n
  for (let index = 1; index <= chosen; index++) {
    ways = (ways * BigInt(of - chosen + index)) / BigInt(index)
  }
  return ways
}
