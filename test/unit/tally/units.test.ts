import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Unit } from '../../../harness/model/counts.ts'
import { clopperPearson, oneSided } from '../../../harness/tally/interval.ts'
import {
  boundsOver,
  correctedTrials,
  designEffect,
  effectiveTrials,
  intervalOver,
  type Sample,
} from '../../../harness/tally/units.ts'
import { draws, sampleOf, type Counted } from './samples.ts'

const TEN_BURSTS = Array.from({ length: 10 }, (_, index): Counted => [index < 3 ? 10 : 0, 10])

/** Forty units of three to seven trials, which agree a little less than by chance. */
const UNEVEN = Array.from({ length: 4 }, (): readonly Counted[] => [
  [0, 5],
  [0, 5],
  [1, 4],
  [0, 6],
  [3, 5],
  [0, 5],
  [0, 5],
  [2, 5],
  [0, 7],
  [0, 3],
]).flat()

describe('a sample', () => {
  test('of ten bursts of ten, each all or nothing, is worth ten trials', () => {
    const sample = sampleOf('race', TEN_BURSTS)
    // 10/9 · Σ(e - 0.3 · 10)² = 10/9 · 210 over 0.3 · 0.7 · 100²/99, worked by hand.
    expect(designEffect(sample)).toBeCloseTo(11, 12)
    expect(effectiveTrials(sample)).toBeCloseTo(10, 12)
    const whole = clopperPearson(3, 10)
    expect(intervalOver(sample).low).toBeCloseTo(whole.low, 12)
    expect(intervalOver(sample).high).toBeCloseTo(whole.high, 12)
  })
  test('of uneven units has the interval that SciPy 1.17 computes from Korn and Graubard’s formula', () => {
    const sample = sampleOf('node-second', UNEVEN)
    expect(designEffect(sample)).toBeCloseTo(2.0843201243201235, 12)
    expect(correctedTrials(sample, 0.025)).toBeCloseTo(91.20133690075612, 9)
    const { low, high } = intervalOver(sample)
    expect(Math.abs(low - 0.06132635392376066)).toBeLessThan(1e-9)
    expect(Math.abs(high - 0.20483832900228632)).toBeLessThan(1e-9)
    const { lower, upper } = boundsOver(sample)
    expect(Math.abs(lower - 0.06893173890688203)).toBeLessThan(1e-9)
    expect(Math.abs(upper - 0.19050476092545615)).toBeLessThan(1e-9)
  })
  test('whose units are single trials has the plain interval, whatever the unit', () => {
    fc.assert(
      fc.property(units(), fc.array(fc.boolean(), { minLength: 1 }), (unit, hits) => {
        const sample = sampleOf(
          unit,
          hits.map((hit): Counted => [hit ? 1 : 0, 1]),
        )
        const { events, trials } = sample
        const { low, high } = clopperPearson(events, trials)
        const { lower, upper } = oneSided(events, trials)
        expect(intervalOver(sample)).toEqual({ low: near(low), high: near(high) })
        expect(boundsOver(sample)).toEqual({ lower: near(lower), upper: near(upper) })
        expect(effectiveTrials(sample)).toBeCloseTo(trials, 9)
      }),
    )
  })
})

describe('where nothing was an event', () => {
  test('each unit counts once, however many requests were in it', () => {
    const { upper } = boundsOver(
      sampleOf('window', [
        [0, 1],
        [0, 99],
      ]),
    )
    expect(upper).toBeCloseTo(1 - 0.05 ** 0.5, 12)
    const { lower } = boundsOver(
      sampleOf('window', [
        [1, 1],
        [99, 99],
      ]),
    )
    expect(lower).toBeCloseTo(0.05 ** 0.5, 12)
  })
  test('a replay memory that one window asked 59 times has been asked once: at most 95 %', () => {
    const sample = sampleOf('window', [[0, 59]])
    expect(boundsOver(sample).upper).toBeCloseTo(0.95, 12)
    expect(effectiveTrials(sample)).toBe(1)
  })
  test('18 windows leave 15.3 % and 180 leave 1.65 %', () => {
    const windows = (count: number): Sample =>
      sampleOf(
        'window',
        Array.from({ length: count }, (): Counted => [0, 7]),
      )
    expect(boundsOver(windows(18)).upper).toBeCloseTo(0.153, 3)
    expect(boundsOver(windows(180)).upper).toBeCloseTo(0.0165, 4)
  })
  test('presentations that deserve the same by themselves count one by one, in however few seconds they were sent', () => {
    const sample = sampleOf('presentation', [
      [0, 1500],
      [0, 1495],
    ])
    expect(boundsOver(sample).upper).toBeLessThan(1e-3)
  })
  test('and where everything was, the lower bound is as far away', () => {
    expect(boundsOver(sampleOf('window', [[59, 59]])).lower).toBeCloseTo(0.05, 12)
    expect(boundsOver(sampleOf('presentation', [[59, 59]])).lower).toBeCloseTo(0.05 ** (1 / 59), 12)
  })
})

describe('presentations', () => {
  const bursts = (count: number): readonly Counted[] =>
    Array.from({ length: count }, (_, index): Counted => [index % 3 === 0 ? 10 : 0, 10])
  test('are taken by themselves until thirty batches can tell whether they agree', () => {
    const few = sampleOf('presentation', bursts(29))
    expect(effectiveTrials(few)).toBe(290)
    expect(intervalOver(few).low).toBeCloseTo(clopperPearson(100, 290).low, 12)
  })
  test('whose batches disagree are worth as many as there are batches', () => {
    expect(effectiveTrials(sampleOf('presentation', bursts(30)))).toBeCloseTo(30, 12)
  })
  test('whose batches agree better than by chance are worth no more than they are', () => {
    const even = sampleOf(
      'presentation',
      Array.from({ length: 40 }, (): Counted => [3, 10]),
    )
    expect(effectiveTrials(even)).toBe(400)
    expect(correctedTrials(even, 0.05)).toBe(400)
  })
  test('count one by one where some were events, too, in however few seconds they were sent', () => {
    const { lower, upper } = boundsOver(
      sampleOf('presentation', [
        [2, 1500],
        [1, 1495],
      ]),
    )
    const alone = oneSided(3, 2995)
    expect(lower).toBeCloseTo(alone.lower, 12)
    expect(upper).toBeCloseTo(alone.upper, 12)
  })
})

describe('an interval over units', () => {
  test('is never tighter than that of a sample in which nothing was an event', () => {
    const quiet = sampleOf(
      'node-second',
      Array.from({ length: 20 }, (): Counted => [0, 50]),
    )
    const one = sampleOf(
      'node-second',
      Array.from({ length: 20 }, (_, index): Counted => [index === 0 ? 1 : 0, 50]),
    )
    expect(boundsOver(one).upper).toBeGreaterThanOrEqual(boundsOver(quiet).upper)
  })
  test('of one window claims next to nothing, whatever share was seen in it', () => {
    const { low, high } = intervalOver(sampleOf('window', [[40, 60]]))
    expect(low).toBeLessThan(0.03)
    expect(high).toBeGreaterThan(0.99)
  })
  test('holds what was seen, inside [0, 1], and the bounds inside it', () => {
    fc.assert(
      fc.property(units(), fc.array(counted(), { minLength: 1, maxLength: 80 }), (unit, all) => {
        const sample = sampleOf(unit, all)
        const { low, high } = intervalOver(sample)
        const { lower, upper } = boundsOver(sample)
        const share = sample.events / sample.trials
        expect(low).toBeGreaterThanOrEqual(0)
        expect(low).toBeLessThanOrEqual(lower)
        expect(lower).toBeLessThanOrEqual(share)
        expect(upper).toBeGreaterThanOrEqual(share)
        expect(high).toBeGreaterThanOrEqual(upper)
        expect(high).toBeLessThanOrEqual(1)
      }),
    )
  })
  test('stands on no more trials than there are, and on no fewer than if each unit were one', () => {
    fc.assert(
      fc.property(units(), fc.array(counted(), { minLength: 1, maxLength: 80 }), (unit, all) => {
        const sample = sampleOf(unit, all)
        const alike = sample.trials ** 2 / sample.over.trialsSquared
        for (const worth of [effectiveTrials(sample), correctedTrials(sample, 0.025)]) {
          expect(worth).toBeLessThanOrEqual(sample.trials)
          expect(worth).toBeGreaterThanOrEqual(alike * (1 - 1e-12))
        }
      }),
    )
  })
  test('is none without a trial, or at no level', () => {
    const nothing = sampleOf('race', [])
    expect(() => intervalOver(nothing)).toThrow(
      new RangeError('there is no interval without a trial'),
    )
    expect(effectiveTrials(nothing)).toBe(0)
    expect(() => boundsOver(sampleOf('race', TEN_BURSTS), 1)).toThrow('between 0 and 1, not at 1')
    expect(() => boundsOver(sampleOf('race', TEN_BURSTS), 0)).toThrow('between 0 and 1, not at 0')
    expect(() => boundsOver(sampleOf('race', TEN_BURSTS), Number.NaN)).toThrow(RangeError)
  })
})

/**
 * Goal: the intervals hold what they claim to hold as often as they say. Method: samples drawn from a known rate, whose
 * trials are independent, all alike within a unit, or something between, and the share of intervals that hold the rate.
 * 600 samples have a standard error of 0.009 at 0.95: what must hold 95 % is let pass from 93 % on.
 */
describe('coverage, by simulation', () => {
  const SAMPLES = 600
  const LEAST = 0.93

  test.each([
    { name: 'independent, many', units: 100, size: 10, rate: 0.1, alike: 0 },
    { name: 'independent, few', units: 5, size: 10, rate: 0.3, alike: 0 },
    { name: 'bursts of ten', units: 60, size: 10, rate: 0.3, alike: 1 },
    { name: 'bursts of ten, few', units: 10, size: 10, rate: 0.3, alike: 1 },
    { name: 'rare bursts', units: 60, size: 10, rate: 0.05, alike: 1 },
    { name: 'sometimes bursts', units: 60, size: 10, rate: 0.4, alike: 0.3 },
    { name: 'two windows', units: 2, size: 40, rate: 0.5, alike: 0.5 },
  ])('$name: of shared state', (world) => {
    const { both, upper, lower } = covered('window', world, SAMPLES)
    expect(both).toBeGreaterThanOrEqual(LEAST)
    expect(upper).toBeGreaterThanOrEqual(LEAST - 0.02)
    expect(lower).toBeGreaterThanOrEqual(LEAST - 0.02)
  })
  test.each([
    { name: 'independent', units: 100, size: 10, rate: 0.1, alike: 0 },
    { name: 'bursts of ten', units: 60, size: 10, rate: 0.3, alike: 1 },
  ])('$name: of presentations', (world) => {
    expect(covered('presentation', world, SAMPLES).both).toBeGreaterThanOrEqual(LEAST)
  })
  test('must not be had from the plain interval, which holds bursts of ten less than half of the time', () => {
    const bursts = { units: 60, size: 10, rate: 0.3, alike: 1 }
    expect(covered('presentation', bursts, SAMPLES).plain).toBeLessThan(0.55)
  })
})

interface World {
  readonly units: number
  readonly size: number
  readonly rate: number
  /** The share of units whose trials are all alike. */
  readonly alike: number
}

function covered(unit: Unit, { units: count, size, rate, alike }: World, samples: number) {
  const random = draws(7)
  const hits = { both: 0, upper: 0, lower: 0, plain: 0 }
  for (let index = 0; index < samples; index++) {
    const sample = sampleOf(
      unit,
      Array.from({ length: count }, (): Counted => {
        if (random() < alike) return [random() < rate ? size : 0, size]
        let events = 0
        for (let trial = 0; trial < size; trial++) if (random() < rate) events++
        return [events, size]
      }),
    )
    const { low, high } = intervalOver(sample)
    const { lower, upper } = boundsOver(sample)
    const plain = clopperPearson(sample.events, sample.trials)
    hits.both += Number(low <= rate && rate <= high)
    hits.upper += Number(rate <= upper)
    hits.lower += Number(lower <= rate)
    hits.plain += Number(plain.low <= rate && rate <= plain.high)
  }
  return {
    both: hits.both / samples,
    upper: hits.upper / samples,
    lower: hits.lower / samples,
    plain: hits.plain / samples,
  }
}

function near(value: number): number {
  return expect.closeTo(value, 9) as number
}

function units(): fc.Arbitrary<Unit> {
  return fc.constantFrom('presentation', 'race', 'window', 'node-second')
}

function counted(): fc.Arbitrary<Counted> {
  return fc
    .integer({ min: 1, max: 30 })
    .chain((trials) => fc.tuple(fc.integer({ min: 0, max: trials }), fc.constant(trials)))
}
