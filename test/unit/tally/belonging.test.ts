import { describe, expect, test } from 'vitest'
import type { RunRecord } from '../../../harness/model/record.ts'
import type { CheckLevel } from '../../../harness/model/verdict.ts'
import { aRace, mergedOf, recordOf } from './shards.ts'

describe('records that are not merged', () => {
  const part = (index: number, more: Partial<RunRecord> = {}, of = 2): RunRecord => ({
    ...recordOf([aRace({}), aRace({})], { runId: `run-${index}`, shard: { index, of } }),
    ...more,
  })
  test.each([
    ['another seed', { seed: '8' }, 'ERR_RECORDS_APART', 'seed'],
    [
      'another version',
      { tool: { ...part(2).tool, version: '9' } },
      'ERR_RECORDS_APART',
      'version',
    ],
    [
      'another target',
      { target: { ...part(2).target, name: 'x' } },
      'ERR_RECORDS_APART',
      'target.name (embedded, x)',
    ],
    ['another profile', { profile: 'fapi2' }, 'ERR_RECORDS_APART', 'profiles'],
    ['fewer profiles', { profiles: [] }, 'ERR_RECORDS_APART', 'profiles'],
    [
      'another plan',
      { plan: { digest: 'e'.repeat(64), repeat: 1, shard: { index: 2, of: 2 } } },
      'ERR_RECORDS_APART',
      'plan',
    ],
    [
      'other expected failures',
      { expectations: [{ entry: { id: 'race', reason: 'known' }, state: 'failed' as const }] },
      'ERR_RECORDS_APART',
      'expected failures',
    ],
    ['other skips', { skipped: [{ id: 'race', reason: 'slow' }] }, 'ERR_RECORDS_APART', 'skips'],
    ['no plan', { plan: null }, 'ERR_RECORDS_APART', 'piece'],
    ['no end', { complete: false, interrupted: 'stopped' }, 'ERR_RECORD_INCOMPLETE', 'stopped'],
    ['the same run', { runIds: ['run-1'] }, 'ERR_RECORDS_OVERLAP', 'run-1'],
    [
      'a key of the other',
      { keys: { ofRun: 2, others: ['digest'] } },
      'ERR_RECORDS_OVERLAP',
      'replay key',
    ],
  ] as const)('have %s', (_, change, code, word) => {
    const first = part(1, { keys: { ofRun: 2, others: ['digest'] } })
    const error = caught(() => mergedOf([first, part(2, change)]))
    expect(error).toMatchObject({ code })
    expect(String(error)).toContain(word)
    expect(String(error)).toContain('part-1')
  })
  test('are the same piece twice', () => {
    const again = { ...part(1), runId: 'run-9', runIds: ['run-9'] }
    expect(caught(() => mergedOf([part(1), again]))).toMatchObject({
      code: 'ERR_RECORDS_APART',
      message: 'part-0 and part-1 are both shard 1/2',
    })
  })
  test('could be asked something that another could not', () => {
    const unable = part(2, {
      scenarios: part(2).scenarios.map((each) => ({ ...each, verdict: 'unsupported' as const })),
    })
    expect(caught(() => mergedOf([part(1), unable]))).toMatchObject({ code: 'ERR_RECORDS_APART' })
    const first = part(1, { scenarios: unable.scenarios })
    expect(mergedOf([first, unable]).scenarios[0]?.verdict).toBe('unsupported')
  })
  test('that answer one case differently leave the worse answer standing', () => {
    const answers = (index: number, verdict: CheckLevel) =>
      recordOf([aRace({ check: { name: 'same', verdict } })], {
        runId: `run-${index}`,
        shard: { index, of: 2 },
      })
    const both = (one: CheckLevel, other: CheckLevel) =>
      mergedOf([answers(1, one), answers(2, other)]).checks.map(({ verdict }) => verdict)
    expect(both('pass', 'fail')).toEqual(['fail'])
    expect(both('inconclusive', 'pass')).toEqual(['inconclusive'])
    expect(both('unsupported', 'pass')).toEqual(['pass'])
  })
  test('must not be said to conform while a piece is missing', () => {
    const all = Array.from({ length: 6 }, () => aRace({}))
    const shard = (index: number) => recordOf(all, { runId: `r${index}`, shard: { index, of: 3 } })
    const two = mergedOf([shard(1), shard(3)])
    expect(two).toMatchObject({
      verdict: 'inconclusive',
      exitCode: 2,
      complete: false,
      interrupted: 'missing shard 2/3',
    })
    expect(mergedOf([shard(1), shard(2), shard(3)]).complete).toBe(true)
  })
})

function caught(act: () => unknown): unknown {
  try {
    act()
  } catch (error) {
    return error
  }
  throw new Error('nothing was wrong')
}
