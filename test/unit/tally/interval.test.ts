import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { clopperPearson, oneSided } from '../../../harness/tally/interval.ts'

describe('two-sided', () => {
  test('0 of n agrees with the closed form 1 - 0.025^(1/n)', () => {
    expect(clopperPearson(0, 100)).toEqual({ low: 0, high: expect.closeTo(0.036217, 6) })
    expect(clopperPearson(0, 1).high).toBeCloseTo(0.975, 12)
  })
  test('n of n agrees with the closed form 0.025^(1/n)', () => {
    expect(clopperPearson(20, 20)).toEqual({ low: expect.closeTo(0.831567, 6), high: 1 })
  })
  test('682 of 925 is what R’s documentation of binom.test prints', () => {
    const { low, high } = clopperPearson(682, 925)
    expect(low).toBeCloseTo(0.7076683, 7)
    expect(high).toBeCloseTo(0.7654066, 7)
  })
  test('4 of 20 at 90 % is the example of the NIST/SEMATECH handbook (section 7.2.4.1)', () => {
    const { low, high } = clopperPearson(4, 20, 0.9)
    expect(low).toBeCloseTo(0.07135, 5)
    expect(high).toBeCloseTo(0.40103, 5)
  })
  test('5 of 10 and 10 of 100 are as tabled', () => {
    expect(clopperPearson(5, 10)).toEqual({
      low: expect.closeTo(0.187086, 6),
      high: expect.closeTo(0.812914, 6),
    })
    expect(clopperPearson(10, 100)).toEqual({
      low: expect.closeTo(0.049005, 6),
      high: expect.closeTo(0.176223, 6),
    })
  })
})

describe('one-sided', () => {
  test.each([
    [10, 26],
    [20, 14],
    [30, 10],
    [50, 6],
    [100, 3],
    [1000, 0.3],
  ])(
    'none of %i is at most %d in a hundred, as where the rule of three is from (JAMA 249:1743–1745, 1983)',
    (trials, percent) => {
      const { upper } = oneSided(0, trials)
      expect(Number((upper * 100).toFixed(percent < 1 ? 1 : 0))).toBe(percent)
      expect(upper).toBeLessThan(3 / trials)
    },
  )
  test('0 of n agrees with the closed form 1 - 0.05^(1/n)', () => {
    for (const trials of [1, 60, 2995, 1e7]) {
      expect(oneSided(0, trials).upper).toBeCloseTo(1 - 0.05 ** (1 / trials), 9)
    }
  })
  test('the least trials that put a limit of one in a thousand below are 2,995, 4,742, 6,294 and 7,752', () => {
    for (const [events, trials] of [
      [0, 2995],
      [1, 4742],
      [2, 6294],
      [3, 7752],
    ] as const) {
      expect(oneSided(events, trials).upper).toBeLessThan(1e-3)
      expect(oneSided(events, trials - 1).upper).toBeGreaterThanOrEqual(1e-3)
    }
  })
  test('is never wider than the two-sided one', () => {
    fc.assert(
      fc.property(binomial, ([events, trials]) => {
        const both = clopperPearson(events, trials)
        const one = oneSided(events, trials)
        expect(one.lower).toBeGreaterThanOrEqual(both.low)
        expect(one.upper).toBeLessThanOrEqual(both.high)
      }),
    )
  })
})

describe('against a second implementation', () => {
  test('agrees to 1e-9 with bisection on the exact binomial distribution', () => {
    fc.assert(
      fc.property(binomial, fc.constantFrom(0.9, 0.95, 0.99), ([events, trials], confidence) => {
        const tail = (1 - confidence) / 2
        const { low, high } = clopperPearson(events, trials, confidence)
        expect(Math.abs(low - bisectedLow(events, trials, tail))).toBeLessThan(1e-9)
        expect(Math.abs(high - bisectedHigh(events, trials, tail))).toBeLessThan(1e-9)
      }),
      { numRuns: 200 },
    )
  })
  test('agrees where events are rare and trials many', () => {
    for (const [events, trials] of [
      [1, 1_000_000],
      [7, 250_000],
      [999_999, 1_000_000],
    ] as const) {
      const { low, high } = clopperPearson(events, trials)
      expect(Math.abs(low - bisectedLow(events, trials, 0.025))).toBeLessThan(1e-9)
      expect(Math.abs(high - bisectedHigh(events, trials, 0.025))).toBeLessThan(1e-9)
    }
  })
})

test('covers the true proportion at least as often as it says, computed over all outcomes', () => {
  for (const trials of [1, 10, 30, 100]) {
    const intervals = Array.from({ length: trials + 1 }, (_, events) =>
      clopperPearson(events, trials),
    )
    for (const p of [0.001, 0.01, 0.05, 0.1, 0.3, 0.5, 0.77, 0.999]) {
      const covered = intervals.reduce(
        (sum, { low, high }, events) =>
          low <= p && p <= high ? sum + Math.exp(logMass(events, trials, p)) : sum,
        0,
      )
      expect(covered).toBeGreaterThanOrEqual(0.95 - 1e-9)
    }
  }
})

test.each([
  [0, 0, 0.95, 'trials must be an integer of at least 1, not 0'],
  [1, 0, 0.95, 'trials must be an integer of at least 1, not 0'],
  [-1, 10, 0.95, 'events must be an integer from 0 to 10, not -1'],
  [11, 10, 0.95, 'events must be an integer from 0 to 10, not 11'],
  [0.5, 10, 0.95, 'events must be an integer from 0 to 10, not 0.5'],
  [1, 10.5, 0.95, 'trials must be an integer of at least 1, not 10.5'],
  [1, Number.NaN, 0.95, 'trials must be an integer of at least 1, not NaN'],
  [1, 10, 0, 'confidence must lie between 0 and 1, not at 0'],
  [1, 10, 1, 'confidence must lie between 0 and 1, not at 1'],
  [1, 10, Number.NaN, 'confidence must lie between 0 and 1, not at NaN'],
])('refuses %s of %s at %s', (events, trials, confidence, why) => {
  expect(() => clopperPearson(events, trials, confidence)).toThrow(new RangeError(why))
  expect(() => oneSided(events, trials, confidence)).toThrow(new RangeError(why))
})

const binomial = fc
  .integer({ min: 1, max: 2000 })
  .chain((trials) => fc.tuple(fc.integer({ min: 0, max: trials }), fc.constant(trials)))

/** P(X >= events) = tail */
function bisectedLow(events: number, trials: number, tail: number): number {
  if (events === 0) return 0
  return bisect((p) => atMost(trials - events, trials, 1 - p) < tail)
}

/** P(X <= events) = tail */
function bisectedHigh(events: number, trials: number, tail: number): number {
  if (events === trials) return 1
  return bisect((p) => atMost(events, trials, p) > tail)
}

function bisect(below: (p: number) => boolean): number {
  let low = 0
  let high = 1
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2
    if (below(middle)) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** P(X <= events), the smaller side summed from its largest term down. */
function atMost(events: number, trials: number, p: number): number {
  if (events > trials * p) return 1 - addUp(events + 1, trials, p, 1)
  return addUp(events, trials, p, -1)
}

function addUp(from: number, trials: number, p: number, direction: 1 | -1): number {
  let total = 0
  for (let k = from; k >= 0 && k <= trials; k += direction) {
    const mass = Math.exp(logMass(k, trials, p))
    total += mass
    if (mass < total * 1e-18) break
  }
  return total
}

function logMass(k: number, n: number, p: number): number {
  const ones = k === 0 ? 0 : k * Math.log(p)
  const zeros = k === n ? 0 : (n - k) * Math.log1p(-p)
  return logFactorial(n) - logFactorial(k) - logFactorial(n - k) + ones + zeros
}

/** Exact sums up to 1,000, Stirling's series with four terms (error below 1e-20) after. */
function logFactorial(n: number): number {
  if (n <= 1000) return LOGS[n] ?? Number.NaN
  const x = n + 1
  const series = 1 / (12 * x) - 1 / (360 * x ** 3) + 1 / (1260 * x ** 5) - 1 / (1680 * x ** 7)
  return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + series
}

const LOGS: readonly number[] = (() => {
  const logs = [0]
  for (let n = 1; n <= 1000; n++) logs.push((logs[n - 1] ?? 0) + Math.log(n))
  return logs
})()
