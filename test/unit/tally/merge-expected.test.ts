/** Failures that were expected, where no shard alone could say how they fared. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ExpectedFailure } from '../../../harness/model/expected.ts'
import type { RunRecord } from '../../../harness/model/record.ts'
import type { CheckLevel } from '../../../harness/model/verdict.ts'
import { aCheckResult } from './convictions.ts'
import { aRace, mergedOf, recordOf, type Work } from './shards.ts'

const { id: CHECK } = aCheckResult()

function entry(id: string): ExpectedFailure {
  return { id, reason: 'known' }
}

/** One shard of two for each list of verdicts, with a case of the same check for each. */
function both(
  expected: readonly ExpectedFailure[],
  ...shards: readonly (readonly CheckLevel[])[]
): RunRecord {
  return mergedOf(
    shards.map((verdicts, shard) =>
      recordOf(
        [...goodRaces(), ...verdicts.map((verdict, index) => ofCase(`${shard}-${index}`, verdict))],
        { runId: `run-${shard}`, shard: { index: shard + 1, of: shards.length }, expected },
      ),
    ),
  )
}

function ofCase(name: string, verdict: CheckLevel): Work {
  return aRace({ check: { name, verdict } })
}

/** As many of each attack as the gates ask for. */
function goodRaces(): readonly Work[] {
  return (['replay', 'forged'] as const).flatMap((attack) =>
    Array.from({ length: 20 }, () => aRace({ attack })),
  )
}

function states({ expectations = [] }: RunRecord): readonly string[] {
  return expectations.map(({ state }) => state)
}

describe('a merged record', () => {
  test('is excused what failed as expected in either shard', () => {
    const merged = both([entry(CHECK)], ['fail'], ['pass'])
    expect(merged).toMatchObject({ verdict: 'violates', exitCode: 0 })
    expect(states(merged)).toEqual(['failed'])
  })

  test('fails of an entry that failed in neither', () => {
    const merged = both([entry(CHECK)], ['pass'], ['pass'])
    expect(merged).toMatchObject({ verdict: 'conforms', exitCode: 1 })
    expect(states(merged)).toEqual(['stale'])
  })

  test('is excused nothing that nobody expected', () => {
    expect(both([entry('cut')], ['fail'], ['pass']).exitCode).toBe(1)
    expect(both([], ['fail'], ['pass'])).toMatchObject({ exitCode: 1, expectations: [] })
    expect(both([entry(`${CHECK}:ca:0-0`)], ['fail'], ['fail']).exitCode).toBe(1)
  })

  test('is excused what a scenario convicted of, with the scenario', () => {
    const parts = (expected: readonly ExpectedFailure[]) =>
      mergedOf(
        [1, 2].map((index) =>
          recordOf([...goodRaces(), aRace({ convicted: index === 1 })], {
            runId: `run-${index}`,
            shard: { index, of: 2 },
            expected,
          }),
        ),
      )
    expect(parts([])).toMatchObject({ verdict: 'violates', exitCode: 1 })
    expect(states(parts([entry('race')]))).toEqual(['failed'])
  })

  test('holds its entries to no more than it has: with a shard missing nothing is stale', () => {
    const [first] = [1].map((index) =>
      recordOf([...goodRaces(), ofCase('one', 'pass')], {
        runId: `run-${index}`,
        shard: { index, of: 2 },
        expected: [entry(CHECK)],
      }),
    )
    const alone = mergedOf(first === undefined ? [] : [first])
    expect(alone).toMatchObject({ complete: false, exitCode: 2 })
    expect(states(alone)).toEqual(['undecided'])
  })

  test('ends as the whole run would have ended, however its cases were dealt', () => {
    const level = fc.constantFrom<CheckLevel>('pass', 'fail', 'inconclusive', 'non-strict')
    fc.assert(
      fc.property(fc.array(level, { minLength: 2, maxLength: 8 }), fc.boolean(), (all, known) => {
        const expected = known ? [entry(CHECK)] : []
        const works = all.map((verdict, index) => ofCase(`case-${index}`, verdict))
        const shard = (index: number): RunRecord =>
          recordOf([...goodRaces(), ...works.filter((_, at) => at % 2 === index)], {
            runId: `run-${index}`,
            shard: { index: index + 1, of: 2 },
            expected,
          })
        const whole = recordOf([...goodRaces(), ...goodRaces(), ...works], {
          runId: 'whole',
          expected,
        })
        const merged = mergedOf([shard(0), shard(1)])
        expect(merged.exitCode).toBe(whole.exitCode)
        expect(states(merged)).toEqual(states(whole))
      }),
      { numRuns: 25 },
    )
  })
})
