import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { search, type Drawing } from '../../../harness/plan/properties/search.ts'

const NUMBERS: Drawing<number> = { arbitrary: fc.nat(1000), seed: 7, cases: 50 }

/** Asks until there is nothing more to ask, a few questions at a time. */
function conduct(
  drawing: Drawing<number>,
  fails: (value: number) => boolean,
  most: number,
): { readonly smallest: number | null; readonly asked: readonly number[] } {
  const known = new Map<string, boolean>()
  const asked: number[] = []
  for (;;) {
    const { smallest, unknown } = search(drawing, known)
    if (unknown.length === 0) return { smallest, asked }
    // All that is drawn is asked in the first round, so that the first failure is one of the draws.
    for (const value of known.size === 0 ? unknown : unknown.slice(0, most)) {
      known.set(JSON.stringify(value), fails(value))
      asked.push(value)
    }
  }
}

describe('search', () => {
  test('asks every draw once when none fails', () => {
    const { smallest, asked } = conduct(NUMBERS, () => false, 10)
    expect(smallest).toBeNull()
    expect(new Set(asked).size).toBe(asked.length)
    expect(asked.length).toBeGreaterThan(25)
  })

  test('comes to the smallest number that fails, however few are asked at a time', () => {
    for (const most of [1, 3, 24]) {
      expect(conduct(NUMBERS, (value) => value >= 137, most).smallest).toBe(137)
    }
  })

  test('holds a failure for smallest only if all that is smaller by a step passed', () => {
    const atLeast = fc.integer({ min: 1, max: 400 })
    fc.assert(
      fc.property(atLeast, fc.integer(), (least, seed) => {
        const { smallest, asked } = conduct({ ...NUMBERS, seed }, (value) => value >= least, 24)
        expect(smallest).toBe(asked.some((value) => value >= least) ? least : null)
      }),
      { numRuns: 50 },
    )
  })

  test('asks the same again of the same seed and answers, and other things of another seed', () => {
    const asked = (seed: number): readonly number[] =>
      conduct({ ...NUMBERS, seed }, (value) => value % 7 === 6, 5).asked
    expect(asked(7)).toEqual(asked(7))
    expect(asked(8)).not.toEqual(asked(7))
  })

  test('never goes on from what did not fail', () => {
    const { smallest, unknown } = search(NUMBERS, new Map())
    expect(smallest).toBeNull()
    const known = new Map(unknown.map((value) => [JSON.stringify(value), false]))
    expect(search(NUMBERS, known)).toEqual({ smallest: null, unknown: [] })
  })
})
