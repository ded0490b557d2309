import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ProfileView, RunRecord } from '../../../harness/model/record.ts'
import type { CheckLevel } from '../../../harness/model/verdict.ts'
import { aRace, mergedOf, recordOf, type Work } from './shards.ts'

const LEVELS: readonly CheckLevel[] = ['pass', 'non-strict', 'inconclusive', 'fail']

const works: fc.Arbitrary<readonly Work[]> = fc
  .array(
    fc.record({
      scenario: fc.constantFrom('race', 'cut'),
      attack: fc.constantFrom('replay', 'forged'),
      counted: fc
        .integer({ min: 0, max: 6 })
        .chain((trials) => fc.tuple(fc.integer({ min: 0, max: trials }), fc.constant(trials))),
      unknown: fc.nat({ max: 1 }),
      undecided: fc.nat({ max: 1 }),
      convicted: fc.nat({ max: 29 }).map((drawn) => drawn === 0),
      late: fc.option(
        fc.record({
          needsMs: fc.integer({ min: 1, max: 5 }).map(tenths),
          instead: fc.constantFrom('other', 'unknown', null),
        }),
      ),
      leewayMs: fc.nat({ max: 5 }).map(tenths),
      answeredMs: fc.integer({ min: 1, max: 5000 }),
      verdict: fc.option(fc.constantFrom(...LEVELS)),
    }),
    { minLength: 1, maxLength: 30 },
  )
  .map((all) =>
    all.map(({ verdict, ...drawn }, index): Work => {
      const check = verdict === null ? null : { name: `case-${index}`, verdict }
      return { ...drawn, check }
    }),
  )

function tenths(count: number): number {
  return count * 100
}

/** Each assembles and merges up to six records. */
const RUNS = { numRuns: 25 }

/** The work dealt to so many runs, each piece to one; every run has something to do. */
function shardsOf(all: readonly Work[], of: number): readonly RunRecord[] {
  return Array.from({ length: of }, (_, index) =>
    recordOf(
      all.filter((_work, each) => each % of === index),
      { runId: `run-${index}`, shard: { index: index + 1, of } },
    ),
  )
}

/** What must not depend on how work was cut. */
function proved(view: ProfileView) {
  const { verdict, checks, scenarios, rates, findings, failureModes, late, leeways } = view
  const byName = (a: object, b: object): number => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)
  return {
    verdict,
    checks: checks.toSorted(byName),
    scenarios: scenarios
      .map(({ because, verdict: each, gates, ...scenario }) => ({
        ...scenario,
        verdict: each,
        because: each === 'inconclusive' ? '' : because.split('; ').toSorted(),
        gates: gates.map((gate) => ({ ...gate, because: gate.because.split('; ').toSorted() })),
      }))
      .toSorted(byName),
    rates: rates.toSorted(byName),
    findings: findings.map(({ id, times, obliges }) => ({ id, times, obliges })),
    failureModes: failureModes.toSorted(byName),
    waiting: late.reduce((sum, { times }) => sum + times, 0),
    leeways,
  }
}

describe('merging', () => {
  test('what was cut into up to five runs gives the counts, intervals, gates and verdicts of the whole', () => {
    fc.assert(
      fc.property(works, fc.integer({ min: 2, max: 5 }), (all, of) => {
        fc.pre(all.length >= of)
        const single = all.map(oneTrialEach)
        const whole = recordOf(single, { runId: 'whole' })
        const parts = mergedOf(shardsOf(single, of))
        expect(proved(parts)).toEqual(proved(whole))
        expect(parts.profiles.map(proved)).toEqual(whole.profiles.map(proved))
        expect(parts.exitCode).toBe(whole.exitCode)
        expect(parts.generator).toMatchObject({ sent: whole.generator.sent, dropped: 0 })
        expect(parts.keys.ofRun).toBe(whole.keys.ofRun)
      }),
      RUNS,
    )
  })
  test('units of several trials keep their sums, but for what waited for the leeway', () => {
    fc.assert(
      fc.property(works, fc.integer({ min: 2, max: 5 }), (all, of) => {
        fc.pre(all.length >= of)
        const known = all.map((each) => ({ ...each, late: null }))
        const whole = recordOf(known, { runId: 'whole' })
        expect(proved(mergedOf(shardsOf(known, of)))).toEqual(proved(whole))
      }),
      RUNS,
    )
  })
  test('does not depend on the order of the parts', () => {
    fc.assert(
      fc.property(works, (all) => {
        fc.pre(all.length >= 3)
        const records = shardsOf(all, 3)
        expect(proved(mergedOf(records.toReversed()))).toEqual(proved(mergedOf(records)))
      }),
      RUNS,
    )
  })
  test('adds histograms, and reads percentiles from the sum', () => {
    const fast = Array.from({ length: 99 }, () => aRace({ answeredMs: 2 }))
    const slow = Array.from({ length: 1 }, () => aRace({ answeredMs: 400 }))
    const parts = mergedOf([
      recordOf(fast, { runId: 'a', shard: { index: 1, of: 2 } }),
      recordOf(slow, { runId: 'b', shard: { index: 2, of: 2 } }),
    ])
    const begun = parts.latency.find(({ from }) => from === 'begun')
    expect(begun?.p50Ms).toBeCloseTo(2, 1)
    expect(begun?.p99Ms).toBeCloseTo(2, 1)
    expect(Math.abs((begun?.maxMs ?? 0) - 400)).toBeLessThan(1)
    expect(parts.generator.dueToSentMs.p50).toBeCloseTo(1, 1)
  })
})

describe('what waited for the leeway', () => {
  const accepting = aRace({ leewayMs: 5000, counted: [0, 1] })
  const late = aRace({ counted: [0, 0], late: { needsMs: 4900, instead: 'other' } })
  const others = Array.from({ length: 8 }, () => aRace({}))
  const shard = (all: readonly Work[], index: number) =>
    recordOf(all, { runId: `run-${index}`, shard: { index, of: 2 } })

  test('becomes a false accept and a conviction when another shard saw a larger one', () => {
    const [first, second] = [shard([accepting, ...others], 1), shard([late, ...others], 2)]
    expect(second).toMatchObject({ verdict: 'inconclusive', findings: [] })
    const both = mergedOf([first, second])
    expect(both).toMatchObject({ verdict: 'violates', exitCode: 1, late: [] })
    expect(both.findings).toMatchObject([{ id: 'replay/accepted-concurrently', times: 1 }])
    expect(both.scenarios).toMatchObject([{ name: 'race', verdict: 'violates' }])
    const code = both.rates.find(({ frame }) => frame === 'code')
    expect(code).toMatchObject({ events: 1, trials: 18 })
  })
  test('must not convict at the very leeway that was seen, nor below it', () => {
    for (const leewayMs of [0, 4800, 4900]) {
      const both = mergedOf([
        shard([{ ...accepting, leewayMs }, ...others], 1),
        shard([late, ...others], 2),
      ])
      expect(both.findings).toEqual([])
      expect(both.late).toMatchObject([
        { times: 1, needsMs: 4900, instead: 'other', conviction: null },
        { times: 1, needsMs: 4900, cell: null },
      ])
      expect(both.leeways).toEqual(
        leewayMs === 0 ? [] : [{ part: 'client_assertion', party: 'honest', seenMs: leewayMs }],
      )
    }
  })
})

describe('guards', () => {
  const half = (index: number) => {
    const record = recordOf([aRace({}), aRace({})], {
      runId: `run-${index}`,
      shard: { index, of: 2 },
    })
    return {
      ...record,
      scenarios: record.scenarios.map((scenario) => ({
        ...scenario,
        guards: [
          ...scenario.guards,
          { name: 'cut: seen', needed: 1, seen: index, everyShard: true as const },
        ],
      })),
    }
  }
  test('that no shard meets alone are met together, and faults are needed in each', () => {
    expect(half(1).scenarios[0]?.verdict).toBe('inconclusive')
    const [scenario] = mergedOf([half(1), half(2)]).scenarios
    expect(scenario?.guards).toEqual([
      { name: 'units', needed: 4, seen: 4 },
      { name: 'cut: seen', needed: 2, seen: 3, everyShard: true },
    ])
    expect(scenario?.facts).toMatchObject({ judged: 4 })
  })
})

test('says whose start its times count from', () => {
  const part = (index: number): RunRecord => ({
    ...recordOf([aRace({})], { runId: `run-${index}`, shard: { index, of: 2 } }),
    faults: [
      {
        scenario: 'race',
        name: 'link.cut',
        on: 'a>b',
        rung: 'x',
        forgets: 'nothing',
        stages: index === 1 ? { mended: 5 } : { unmended: 5 },
      },
    ],
  })
  const both = mergedOf([part(1), part(2)])
  expect(both.faults.map(({ runId }) => runId)).toEqual(['run-1', 'run-2'])
  expect(both.exitCode).toBe(255)
  expect(both.runIds).toEqual(['run-1', 'run-2'])
})

function oneTrialEach(each: Work): Work {
  const { counted, late } = each
  if (late !== null) return { ...each, counted: [0, 0] }
  return { ...each, counted: [Math.min(1, counted[0]), Math.min(1, counted[1])] }
}
