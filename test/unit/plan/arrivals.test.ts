/** When arrivals are: by hand for each kind, and what is so of all of them. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Pace } from '../../../harness/model/scenario.ts'
import { countOf, shareOf, timesOf, type Timed } from '../../../harness/plan/scenarios/arrivals.ts'
import { seeded } from '../../../harness/random.ts'

const RANDOM = seeded('arrivals')
const timesIn = (arrivals: Timed): readonly number[] => [...timesOf(arrivals, RANDOM)]
const SECONDS = { startSeconds: 1, endSeconds: 3 }

describe('arrivals', () => {
  test.each<[string, Timed, readonly number[]]>([
    [
      'even',
      { kind: 'even', perSecond: 2, ...SECONDS },
      [1_000_000, 1_500_000, 2_000_000, 2_500_000],
    ],
    [
      'a burst',
      { kind: 'burst', count: 2, atSeconds: 1, times: 2, everySeconds: 0.5 },
      [1_000_000, 1_000_000, 1_500_000, 1_500_000],
    ],
    // The area under a rate that rises from 0 to 4 in 2 s is t²; the roots of 0, 1, 2 and 3.
    [
      'a ramp up',
      { kind: 'ramp', fromPerSecond: 0, toPerSecond: 4, ...SECONDS },
      [1_000_000, 2_000_000, 2_414_214, 2_732_051],
    ],
    // The area under one that falls from 4 to 0 is 4t - t²; the same from the other side.
    [
      'a ramp down',
      { kind: 'ramp', fromPerSecond: 4, toPerSecond: 0, ...SECONDS },
      [1_000_000, 1_267_949, 1_585_786, 2_000_000],
    ],
    [
      'a level ramp',
      { kind: 'ramp', fromPerSecond: 2, toPerSecond: 2, ...SECONDS },
      [1_000_000, 1_500_000, 2_000_000, 2_500_000],
    ],
    [
      'a staircase',
      { kind: 'staircase', perSecond: [1, 3], ...SECONDS },
      [1_000_000, 2_000_000, 2_333_333, 2_666_667],
    ],
  ])('%s', (_name, arrivals, expected) => {
    expect(timesIn(arrivals)).toEqual(expected)
    expect(countOf(arrivals, RANDOM)).toBe(expected.length)
  })

  test('at random have exponential gaps of the right mean, the same for the same seed', () => {
    const arrivals: Timed = { kind: 'poisson', perSecond: 100, startSeconds: 0, endSeconds: 100 }
    const times = timesIn(arrivals)
    expect(timesIn(arrivals)).toEqual(times)
    expect([...timesOf(arrivals, seeded('other'))]).not.toEqual(times)
    // 10,000 expected, with a standard deviation of 100.
    expect(Math.abs(times.length - 10_000)).toBeLessThan(500)
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0))
    // Of an exponential distribution 1/e are longer than the mean.
    const longer = gaps.filter((gap) => gap > 10_000).length / gaps.length
    expect(Math.abs(longer - Math.exp(-1))).toBeLessThan(0.03)
  })

  const rate = fc.double({ min: 0.5, max: 300, noNaN: true })
  const during = fc
    .tuple(fc.double({ min: 0, max: 5, noNaN: true }), fc.double({ min: 0.1, max: 5, noNaN: true }))
    .map(([startSeconds, length]) => ({ startSeconds, endSeconds: startSeconds + length }))
  const pace: fc.Arbitrary<Pace> = fc
    .tuple(during, rate, rate, fc.constantFrom('even', 'poisson', 'ramp', 'staircase'))
    .map(([within, one, other, kind]): Pace => {
      if (kind === 'ramp') return { kind, fromPerSecond: one, toPerSecond: other, ...within }
      if (kind === 'staircase') return { kind, perSecond: [one, other], ...within }
      return { kind: kind === 'even' ? 'even' : 'poisson', perSecond: one, ...within }
    })

  test('are as many as are counted, in order, and within their time', () => {
    fc.assert(
      fc.property(pace, (arrivals) => {
        const times = timesIn(arrivals)
        expect(times).toHaveLength(countOf(arrivals, RANDOM))
        expect(times).toEqual(times.toSorted((one, other) => one - other))
        expect(times.every((time) => time >= Math.floor(arrivals.startSeconds * 1e6))).toBe(true)
        expect(times.every((time) => time <= Math.ceil(arrivals.endSeconds * 1e6))).toBe(true)
      }),
    )
  })

  test('of shares that make a whole are as many as of the whole, but for what is less than one of each', () => {
    fc.assert(
      fc.property(pace, fc.double({ min: 0.05, max: 0.95, noNaN: true }), (whole, share) => {
        fc.pre(whole.kind !== 'poisson')
        const parts = [share, 1 - share].map((of) => countOf(shareOf(whole, of), RANDOM))
        const sum = parts.reduce((all, each) => all + each, 0)
        expect(Math.abs(sum - countOf(whole, RANDOM))).toBeLessThanOrEqual(4)
      }),
    )
  })
})
