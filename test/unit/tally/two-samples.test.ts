import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { adjusted, largerByChance } from '../../../harness/tally/two-samples.ts'
import { drawnAtLeast } from '../../../harness/tally/binomial.ts'
import { effectiveTrials } from '../../../harness/tally/units.ts'
import { draws, sampleOf, type Counted } from './samples.ts'

/** So many units of five, of which some were nearly all events. */
function partsOf(units: number, bad: number): readonly Counted[] {
  return Array.from({ length: units }, (_, index): Counted => [index < bad ? 4 : 0, 5])
}

/** Independent trials. */
function races(events: number, trials: number) {
  return sampleOf(
    'race',
    Array.from({ length: trials }, (_, index): Counted => [index < events ? 1 : 0, 1]),
  )
}

describe('a rise', () => {
  test.each([
    [0, 20, 17, 20, 1.2847621301458902e-8],
    [3, 60, 9, 60, 0.06272377368171198],
    [1, 3000, 9, 3000, 0.010690960740378265],
  ])('from %i of %i to %i of %i has the chance of Fisher’s exact test', (...row) => {
    const [a, n, b, m, chance] = row
    expect(Math.abs(largerByChance(races(a, n), races(b, m)) - chance)).toBeLessThan(1e-9)
  })
  test('of convicted twins is Fisher’s own 619 in 1,330,665 (Statistical Methods, section 21.02)', () => {
    expect(largerByChance(races(2, 17), races(10, 13))).toBeCloseTo(619 / 1_330_665, 12)
  })
  test('of the lady’s three cups in four is 17 in 70 (The Design of Experiments, chapter II)', () => {
    expect(largerByChance(races(1, 4), races(3, 4))).toBeCloseTo(17 / 70, 12)
  })
  test('that is none has a chance of one', () => {
    expect(largerByChance(races(3, 60), races(3, 60))).toBe(1)
    expect(largerByChance(races(9, 60), races(3, 60))).toBe(1)
  })
  test('must not be made of one window, however many requests were sent in it', () => {
    const before = sampleOf('window', [[0, 60]])
    expect(largerByChance(before, sampleOf('window', [[60, 60]]))).toBeGreaterThan(0.4)
    const many = (events: number): readonly Counted[] =>
      Array.from({ length: 30 }, (): Counted => [events, 60])
    expect(largerByChance(sampleOf('window', many(0)), sampleOf('window', many(60)))).toBeLessThan(
      1e-9,
    )
  })
  test('must not be found more often than it claims, of bursts as of single trials', () => {
    const random = draws(8)
    for (const size of [1, 10]) {
      const draw = (): Counted => [random() < 0.2 ? size : 0, size]
      const sample = () => sampleOf('window', Array.from({ length: 50 }, draw))
      let found = 0
      for (let index = 0; index < 400; index++) {
        if (largerByChance(sample(), sample()) <= 0.05) found++
      }
      expect(found / 400).toBeLessThanOrEqual(0.05 + 0.03)
    }
  })
  test('weighs parts of events towards no difference', () => {
    const before = sampleOf('window', partsOf(4, 1))
    const after = sampleOf('window', partsOf(10, 7))
    const [one, other] = [effectiveTrials(before), effectiveTrials(after)]
    const events = ({ events: all, trials }: typeof before, worth: number) => (all / trials) * worth
    expect(Number.isInteger(one) || Number.isInteger(other)).toBe(false)
    const chance = drawnAtLeast(Math.floor(events(after, other)), {
      drawn: Math.ceil(other),
      of: Math.ceil(events(before, one)) + Math.floor(events(after, other)),
      among: Math.floor(one) + Math.ceil(other),
    })
    expect(largerByChance(before, after)).toBeCloseTo(chance, 12)
  })
  test('must not be had by rounding parts of events to whole ones', () => {
    // Seven such windows are worth 8.88 trials and 3.04 events, ten are worth 16.84 and 9.43.
    const chance = drawnAtLeast(9, { drawn: 17, of: 4 + 9, among: 8 + 17 })
    const seven = sampleOf('window', partsOf(7, 3))
    expect(largerByChance(seven, sampleOf('window', partsOf(10, 7)))).toBeCloseTo(chance, 12)
  })
  test('counts whole events where arithmetic misses them by a little', () => {
    // 7 of 25 bursts are worth 7.000000000000001 events.
    const bursts = (events: number) =>
      sampleOf(
        'window',
        Array.from({ length: 25 }, (_, index): Counted => [index < events ? 10 : 0, 10]),
      )
    const chance = drawnAtLeast(20, { drawn: 25, of: 27, among: 50 })
    expect(largerByChance(bursts(7), bursts(20))).toBeCloseTo(chance, 12)
  })
  test('needs something on both sides', () => {
    const nothing = new RangeError('nothing to compare')
    expect(() => largerByChance(races(0, 0), races(1, 2))).toThrow(nothing)
    expect(() => largerByChance(races(1, 2), races(0, 0))).toThrow(nothing)
  })
})

describe('among many', () => {
  /** The example of Benjamini and Hochberg's paper, section 4.1. */
  const PAPER = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719,
    0.6528, 0.759, 1,
  ]
  test('the paper finds four of its fifteen', () => {
    expect(adjusted(PAPER).filter((value) => value <= 0.05)).toHaveLength(4)
    expect(adjusted(PAPER)[3]).toBeCloseTo((0.0095 * 15) / 4, 12)
    // Adjusted values never fall as chances rise: the sixth takes the seventh's.
    expect(adjusted(PAPER)[5]).toBeCloseTo((0.0298 * 15) / 7, 12)
  })
  test('what is found does not depend on the order, and one alone is as it is', () => {
    expect(adjusted([0.04])).toEqual([0.04])
    expect(adjusted([])).toEqual([])
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1 }), (all) => {
        const values = adjusted(all)
        const back = adjusted(all.toReversed()).toReversed()
        expect(values.map((value) => value.toFixed(12))).toEqual(
          back.map((value) => value.toFixed(12)),
        )
        for (const [index, chance] of all.entries()) {
          expect(values[index]).toBeGreaterThanOrEqual(chance * (1 - 1e-12))
          expect(values[index]).toBeLessThanOrEqual(1)
        }
      }),
    )
  })
})
