import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { oneSided } from '../../../harness/tally/interval.ts'
import {
  expectedUnits,
  sequentialTest,
  timeUniformUpper,
  unitsToPass,
  type SequentialPlan,
} from '../../../harness/tally/sequential.ts'
import { draws } from './samples.ts'

const PLAN: SequentialPlan = { good: 1e-4, limit: 1e-3, alpha: 0.05, beta: 0.05 }

/** Events, trials and bound. */
const TABLED = [
  [0, 3000, 0.002520592181641333],
  [3, 7752, 0.0020201770042611233],
  [5, 100, 0.15579444354060634],
] as const

/** A quicker one, for walks. */
const COARSE: SequentialPlan = { good: 0.05, limit: 0.2, alpha: 0.05, beta: 0.05 }

describe('a sequential test', () => {
  test('of 1e-4 against 1e-3 passes after 3,270 units without an event, which is more than a fixed 2,995', () => {
    // ln(0.05 / 0.95) / ln((1 - 1e-3) / (1 - 1e-4)) = 2.9444 / 0.00090045
    expect(unitsToPass(PLAN)).toBe(3270)
    expect(sequentialTest(PLAN, { events: 0, trials: 3269 })).toBe('undecided')
    expect(sequentialTest(PLAN, { events: 0, trials: 3270 })).toBe('passed')
  })
  test('fails a target that accepts twice at once: two events weigh 2 ln 10', () => {
    expect(sequentialTest(PLAN, { events: 1, trials: 1 })).toBe('undecided')
    expect(sequentialTest(PLAN, { events: 2, trials: 2 })).toBe('failed')
  })
  test('takes 5,828 units to pass one event, which is itself no other unit', () => {
    // (ln 10 + 2.9444) / 0.00090050 = 5,826.8 other units.
    expect(sequentialTest(PLAN, { events: 1, trials: 5827 })).toBe('undecided')
    expect(sequentialTest(PLAN, { events: 1, trials: 5828 })).toBe('passed')
  })
  test('fails by ln((1 - beta) / alpha): of 16 to one, an event that weighs ln 17', () => {
    const plan = { good: 0.01, limit: 0.17, alpha: 0.05, beta: 0.2 }
    expect(sequentialTest(plan, { events: 1, trials: 1 })).toBe('failed')
    expect(sequentialTest({ ...plan, limit: 0.15 }, { events: 1, trials: 1 })).toBe('undecided')
  })
  test('has no opinion of nothing', () => {
    expect(sequentialTest(PLAN, { events: 0, trials: 0 })).toBe('undecided')
  })
  test('errs no more often than it was asked to, and takes about as many units as expected', () => {
    const bad = walks(COARSE, COARSE.limit, 600)
    const good = walks(COARSE, COARSE.good, 600)
    expect(bad.passed).toBeLessThanOrEqual(0.05 + 0.02)
    expect(good.failed).toBeLessThanOrEqual(0.05 + 0.02)
    // Wald leaves out the overshoot, which an event makes a large one: it is always longer than he says.
    expect(good.units).toBeGreaterThan(expectedUnits(COARSE, COARSE.good) * 0.9)
    expect(good.units).toBeLessThan(expectedUnits(COARSE, COARSE.good) * 1.6)
    expect(bad.units).toBeGreaterThan(expectedUnits(COARSE, COARSE.limit) * 0.9)
    expect(bad.units).toBeLessThan(expectedUnits(COARSE, COARSE.limit) * 1.6)
  })
  test('is longest between the two rates, and has a length where its walk drifts neither way', () => {
    const lengths = [0.05, 0.08, 0.1, 0.12, 0.15, 0.2].map((rate) => expectedUnits(COARSE, rate))
    const longest = Math.max(...lengths)
    expect(lengths.indexOf(longest)).toBeGreaterThan(0)
    expect(lengths.indexOf(longest)).toBeLessThan(lengths.length - 1)
    const event = Math.log(COARSE.limit / COARSE.good)
    const other = Math.log1p(-COARSE.limit) - Math.log1p(-COARSE.good)
    const still = -other / (event - other)
    const around = (expectedUnits(COARSE, still - 1e-4) + expectedUnits(COARSE, still + 1e-4)) / 2
    expect(expectedUnits(COARSE, still) / around).toBeCloseTo(1, 3)
  })
})

describe('a bound that holds whenever one looks', () => {
  test('is what SciPy finds by Brent’s method', () => {
    for (const [events, trials, bound] of TABLED) {
      expect(Math.abs(timeUniformUpper({ events, trials }) - bound)).toBeLessThan(1e-9)
    }
  })
  test('says nothing of nothing, and never less than the bound for one look', () => {
    expect(timeUniformUpper({ events: 0, trials: 0 })).toBe(1)
    expect(timeUniformUpper({ events: 5, trials: 5 })).toBe(1)
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.nat(), (trials, raw) => {
        const events = raw % trials
        expect(timeUniformUpper({ events, trials })).toBeGreaterThanOrEqual(
          oneSided(events, trials).upper,
        )
      }),
    )
  })
  test('is broken at any moment of a run by no more than one run in twenty', () => {
    const random = draws(9)
    const rate = 0.1
    let broken = 0
    for (let run = 0; run < 300; run++) {
      let events = 0
      let held = true
      for (let trials = 1; trials <= 300 && held; trials++) {
        if (random() < rate) events++
        if (trials % 5 === 0) held = timeUniformUpper({ events, trials }) >= rate
      }
      if (!held) broken++
    }
    expect(broken / 300).toBeLessThanOrEqual(0.05)
  })
})

function walks(plan: SequentialPlan, rate: number, runs: number) {
  const random = draws(9)
  const ends = { passed: 0, failed: 0, units: 0 }
  for (let run = 0; run < runs; run++) {
    let events = 0
    let trials = 0
    let answer: ReturnType<typeof sequentialTest> = 'undecided'
    while (answer === 'undecided') {
      trials++
      if (random() < rate) events++
      answer = sequentialTest(plan, { events, trials })
    }
    ends[answer] += 1 / runs
    ends.units += trials / runs
  }
  return ends
}
