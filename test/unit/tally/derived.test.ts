/** Numbers of several parts: each as the judge derives it of all at once, or less, and never more than the parts bear. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Derived } from '../../../harness/model/derived.ts'
import { mergedDerived } from '../../../harness/tally/derived.ts'
import { derivedOf, ended } from '../oracle/ended.ts'
import { granted, REFUSED } from '../oracle/histories.ts'
import { mergedOf, aRace, recordOf } from './shards.ts'

function number(name: Derived['name'], more: Partial<Derived> = {}): Derived {
  return { name, node: null, unit: 's', low: null, high: null, of: 1, ...more }
}

const merged = (...parts: readonly Derived[][]) => mergedDerived(parts)

describe('the leeway of a node', () => {
  const of = (low: number, high: number | null, more: Partial<Derived> = {}) =>
    number('leeway-after-end', { node: 'node-1', low, high, of: 4, ...more })

  test('lies between the latest acceptance and the soonest refusal of all parts', () => {
    expect(merged([of(3, 30)], [of(5, null)], [of(0, 15)])).toEqual([of(5, 15, { of: 12 })])
  })

  test('must not be taken from another node, or from the other edge', () => {
    const apart = [
      of(3, 30),
      of(5, 9, { node: 'node-2' }),
      number('leeway-before-start', { node: 'node-1', low: 1 }),
    ]
    expect(mergedDerived(apart.map((each) => [each]))).toEqual(apart)
  })

  test('is what the judge derives of all of it at once, however it was dealt', () => {
    const tries = fc.array(
      fc.record({
        pastEnd: fc.double({ min: 0.1, max: 40, noNaN: true }),
        isGranted: fc.boolean(),
        part: fc.integer({ min: 0, max: 2 }),
      }),
      { maxLength: 8 },
    )
    fc.assert(
      fc.property(tries, (all) => {
        const events = all.map(({ pastEnd, isGranted, part }, index) => ({
          part,
          event: ended(index, pastEnd, isGranted ? granted() : REFUSED),
        }))
        const parts = [0, 1, 2].map((part) =>
          events.filter((each) => each.part === part).map(({ event }) => event),
        )
        expect(mergedDerived(parts.map((each) => derivedOf(each).derived))).toEqual(
          derivedOf(events.map(({ event }) => event)).derived,
        )
      }),
      { numRuns: 20 },
    )
  })
})

test('honest clients by skew are added where the skew is the same', () => {
  const of = (points: Derived['points'], sum: number) =>
    number('refused-by-skew', { node: 'node-2', unit: 'share', of: sum, ...(points && { points }) })
  const [ahead, right] = [
    { x: 90, events: 5, trials: 5 },
    { x: 0, events: 0, trials: 8 },
  ]
  expect(merged([of([right, ahead], 13)], [of([{ ...right, x: -90 }, ahead], 13)])).toEqual([
    of([{ ...right, x: -90 }, right, { x: 90, events: 10, trials: 10 }], 26),
  ])
})

test('the replay window is the longest that one part saw by itself', () => {
  const window = number('replay-window', { low: 3, of: 2 })
  const leeway = number('leeway-after-end', { low: 30 })
  expect(merged([window], [{ ...window, low: 4 }, leeway])[0]).toEqual({ ...window, low: 4, of: 4 })
})

describe('the capacity of a memory', () => {
  const of = (low: number | null, high: number | null) =>
    number('memory-capacity', { unit: 'assertions', low, high, of: 120 })

  test('is at least what every part found kept', () => {
    expect(merged([of(120, null)], [of(120, null)])).toEqual([{ ...of(120, null), of: 240 }])
  })

  test('must not be bounded from above, since other parts may have filled it', () => {
    expect(merged([of(null, 99)], [of(null, 99)])).toEqual([])
    expect(merged([of(null, 99)])).toEqual([])
  })

  test('must not be told where one part found some forgotten', () => {
    expect(merged([of(120, null)], [of(null, 119)])).toEqual([])
    expect(merged([of(120, null)], [])).toEqual([])
  })
})

test('a new key works from its first acceptance on, and an old one until its last', () => {
  const took = (name: Derived['name'], low: number) => number(name, { low, high: low })
  expect(
    merged(
      [took('new-key-after', 3), took('old-key-for', 3)],
      [took('new-key-after', 1), took('old-key-for', 1)],
    ),
  ).toEqual([took('new-key-after', 1), took('old-key-for', 3)])
})

test('a revoked token is good for as long as in the part where it was longest, or without an end', () => {
  const took = (low: number, high: number | null) =>
    number('revoked-token-for', { node: 'node-1', low, high, of: 2 })
  expect(merged([took(0, 0.1)], [took(1, 1.3)])).toEqual([{ ...took(1, 1.3), of: 4 }])
  expect(merged([took(3, null)], [took(1, 4)])).toEqual([{ ...took(3, null), of: 4 }])
  const elsewhere = { ...took(5, 6), endpoint: 'resource' }
  expect(merged([took(0, 0.1)], [elsewhere])).toEqual([took(0, 0.1), elsewhere])
})

test('fetches are those of all parts by the requests of all parts', () => {
  const each = (low: number, of: number) =>
    number('fetches-per-junk', { unit: 'fetches', low, high: low, of })
  // 30 fetches for 30 requests, and 10 for 50.
  expect(merged([each(1, 30)], [each(0.2, 50)])).toEqual([each(0.5, 80)])
})

test('a merged record has the numbers, and says them after its answer', () => {
  const derived = [number('leeway-after-end', { node: 'node-1', low: 5, high: 15.1, of: 3 })]
  const parts = [1, 2].map((index) => {
    const record = recordOf([aRace({ convicted: true })], {
      runId: `run-${index}`,
      shard: { index, of: 2 },
    })
    return {
      ...record,
      scenarios: record.scenarios.map((each) => ({ ...each, derived })),
    }
  })
  const [scenario] = mergedOf(parts).scenarios
  expect(scenario?.derived).toEqual([{ ...derived[0], of: 6 }])
  expect(scenario?.because).toBe(
    'It did not. By its own clock a node takes an assertion after its end: node-1 for 5.0 to 15.1 s.',
  )
})
