import { describe, expect, test } from 'vitest'
import { correctedTrials, designEffect } from '../../../harness/tally/units.ts'
import { sampleOf } from './samples.ts'

describe('a design effect', () => {
  test('of two windows that are all or nothing is that of two trials for twenty', () => {
    // 2 · (5² + 5²) / 20² over 0.5 · 0.5 / 19, worked by hand.
    expect(
      designEffect(
        sampleOf('window', [
          [0, 10],
          [10, 10],
        ]),
      ),
    ).toBeCloseTo(19, 12)
  })
  test('is one where nothing can be said: of one unit, or where all or none were events', () => {
    expect(designEffect(sampleOf('window', [[3, 10]]))).toBe(1)
    expect(
      designEffect(
        sampleOf('window', [
          [0, 10],
          [0, 10],
        ]),
      ),
    ).toBe(1)
    expect(
      designEffect(
        sampleOf('window', [
          [10, 10],
          [10, 10],
        ]),
      ),
    ).toBe(1)
  })
  test('that two units tell is told so roughly that little of a large sample is left', () => {
    // No variance between: 200 trials, by the square of Student's 1.6525 of 199 degrees over 6.3138 of one.
    const two = sampleOf('window', [
      [30, 100],
      [30, 100],
    ])
    expect(correctedTrials(two, 0.05)).toBeCloseTo(13.7, 1)
  })
})
