import { describe, expect, test } from 'vitest'
import type { RecordedFault, Recovery, RunRecord } from '../../../harness/model/record.ts'
import type { Late } from '../../../harness/model/verdict.ts'
import { missing } from '../../../harness/tally/belonging.ts'
import { merged } from '../../../harness/tally/merge.ts'
import { aConviction } from './convictions.ts'
import { aRace, mergedOf, recordOf, type Work } from './shards.ts'

const FOUR: readonly Work[] = Array.from({ length: 4 }, () => aRace({}))

function part(index: number, more: Partial<RunRecord> = {}, of = 2): RunRecord {
  return { ...recordOf(FOUR, { runId: `run-${index}`, shard: { index, of } }), ...more }
}

function caught(act: () => unknown): unknown {
  try {
    act()
  } catch (error) {
    return error
  }
  throw new Error('nothing was wrong')
}

describe('a merged record', () => {
  test('lasts from the first start to the last end, and is of the whole plan', () => {
    const lasting = (index: number, from: string, to: string) =>
      part(index, { startedAt: `2026-01-02T${from}Z`, endedAt: `2026-01-02T${to}Z` }, 3)
    const both = mergedOf([
      lasting(1, '03:00:09', '03:00:20'),
      lasting(2, '03:00:05', '03:00:50'),
      lasting(3, '03:00:07', '03:00:30'),
    ])
    expect(both).toMatchObject({
      startedAt: '2026-01-02T03:00:05Z',
      endedAt: '2026-01-02T03:00:50Z',
      plan: { digest: 'd'.repeat(64), repeat: 1, shard: null },
    })
  })
  test('says what it was merged from, and each note once', () => {
    const both = mergedOf([part(1, { notes: ['a', 'b'] }), part(2, { notes: ['b', 'c'] })])
    expect(both.notes).toEqual(['Merged from 2 runs: run-1, run-2.', 'a', 'b', 'c'])
  })
  test('names every piece that is missing', () => {
    const two = mergedOf([part(1, {}, 4), part(3, {}, 4)])
    expect(two.interrupted).toBe('missing shard 2/4, shard 4/4')
    expect(missing([])).toEqual([])
  })
  test('keeps what has times with the run that they count from', () => {
    const [series] = [{ scenario: 'race', node: null, startMs: 0, stepMs: 1000 }].map((each) => ({
      ...each,
      owedAccept: [1],
      falseReject: [0],
      owedReject: [0],
      falseAccept: [0],
      unavailable: [0],
      undecided: [0],
    }))
    const timed = {
      series: series === undefined ? [] : [series],
      recovery: [{ scenario: 'race', fault: 'link.cut' } as Recovery],
    }
    const both = mergedOf([part(1, timed), part(2, timed)])
    expect(both.series.map(({ runId }) => runId)).toEqual(['run-1', 'run-2'])
    expect(both.series[0]).toMatchObject({ owedAccept: [1] })
    expect(both.recovery.map(({ runId }) => runId)).toEqual(['run-1', 'run-2'])
    // What was merged before keeps the run it was of.
    const again = { series: both.series, recovery: both.recovery }
    expect(mergedOf([part(1, again), part(2)]).recovery[1]).toMatchObject({ runId: 'run-2' })
  })
  test('must not be taken for a broken harness where every fault was mended', () => {
    const fault = (stages: RecordedFault['stages']): RecordedFault => ({
      scenario: 'race',
      name: 'link.cut',
      on: 'a>b',
      rung: 'x',
      forgets: 'nothing',
      stages,
    })
    const both = (stages: RecordedFault['stages']) =>
      mergedOf([part(1, { faults: [fault({ mended: 5 })] }), part(2, { faults: [fault(stages)] })])
    expect(both({ mended: 5 }).exitCode).toBe(2)
    expect(both({ unmended: 5 }).exitCode).toBe(255)
  })
  test('is as honest of the harness as its worst part', () => {
    const honest = (own: Partial<RunRecord['generator']>) => ({
      generator: { ...part(1).generator, ...own },
    })
    const { generator } = mergedOf([
      part(
        1,
        honest({
          eventLoopDelayMs: { p99: 3 },
          starvedShare: 0.5,
          busyShare: 0.2,
          cores: 1.5,
          mintingBacklog: 7,
          staleConnections: 2,
        }),
      ),
      part(
        2,
        honest({
          eventLoopDelayMs: { p99: 9 },
          starvedShare: 0.1,
          busyShare: 0.9,
          cores: 0.4,
          mintingBacklog: 30,
          staleConnections: 5,
        }),
      ),
    ])
    expect(generator).toMatchObject({
      eventLoopDelayMs: { p99: 9 },
      starvedShare: 0.5,
      busyShare: 0.9,
      cores: 1.5,
      mintingBacklog: 30,
      staleConnections: 7,
      sent: 8,
    })
    expect(generator.dueToSentIn).toMatchObject([{ scenario: 'race' }])
  })
  test('holds what keys the others had', () => {
    const keys = (digest: string) => ({ keys: { ofRun: 4, others: [digest] } })
    expect(mergedOf([part(1, keys('a')), part(2, keys('b'))]).keys).toEqual({
      ofRun: 8,
      others: ['a', 'b'],
    })
  })
  test('is of something', () => {
    expect(() => merged([])).toThrow(new RangeError('nothing to merge'))
  })
})

describe('a check', () => {
  const CHECKED = aRace({ check: { name: 'late', verdict: 'pass' } })
  const with2 = (conviction: Late['conviction']) => {
    const checked = recordOf([...FOUR, CHECKED], { runId: 'run-1', shard: { index: 1, of: 2 } })
    const late = {
      part: 'client_assertion',
      party: 'honest',
      needsMs: 100,
      times: 1,
      cell: null,
    } as const
    const waiting: Late = { ...late, instead: null, nodes: null, conviction }
    const seen = [{ part: 'client_assertion', party: 'honest', seenMs: 200 }]
    const both = mergedOf([{ ...checked, late: [waiting] }, part(2, { leeways: seen })])
    return both.checks.map(({ verdict, because }) => [verdict, because])
  }
  const caseId = 'rfc7523/3/exp-past:ca:a-day-ago'
  test('fails whose own request was convicted once another shard had seen a larger leeway', () => {
    expect(with2(aConviction({ caseId }))).toEqual([
      ['fail', 'one of its requests was convicted by itself; the findings tell of what'],
    ])
  })
  test('must not fail for what was only noted, or convicted of another case', () => {
    const stays = [['pass', 'refused between two accepted controls']]
    expect(with2(aConviction({ caseId, obliges: false }))).toEqual(stays)
    expect(with2(aConviction({ caseId: 'race/replay/0' }))).toEqual(stays)
  })
})

describe('a scenario', () => {
  test('says what the one shard that climbed concluded with', () => {
    const concluded = (record: RunRecord): RunRecord => ({
      ...record,
      scenarios: record.scenarios.map((each) => ({
        ...each,
        conclusion: { says: 'at most 40/s' },
      })),
    })
    // Violated, so that no gate gives the reason.
    const shard = (index: number) =>
      recordOf([aRace({ convicted: true })], { runId: `run-${index}`, shard: { index, of: 2 } })
    for (const parts of [
      [shard(1), concluded(shard(2))],
      [concluded(shard(1)), shard(2)],
    ]) {
      expect(mergedOf(parts).scenarios).toMatchObject([
        { conclusion: { says: 'at most 40/s' }, because: 'It did not. It was at most 40/s.' },
      ])
    }
    const [plain] = mergedOf([shard(1), shard(2)]).scenarios
    expect(plain?.because).toBe('It did not.')
    expect(plain).not.toHaveProperty('conclusion')
  })
  test('that one shard could not ask is refused by name, with the reason', () => {
    const unable = part(2)
    const scenarios = unable.scenarios.map((each) => ({
      ...each,
      verdict: 'unsupported' as const,
      because: 'no lever cuts a link',
    }))
    expect(caught(() => mergedOf([part(1), { ...unable, scenarios }]))).toMatchObject({
      message: 'race was asked in one shard and not in another: no lever cuts a link',
      hint: expect.stringContaining('same levers'),
    })
  })
})

describe('parts that do not belong together', () => {
  test('are told with what to do about it', () => {
    const hints = [
      part(2, { seed: '8' }),
      part(2, { complete: false }),
      part(2, { plan: null }),
      part(2, { runIds: ['run-1'] }),
      { ...part(1), runId: 'run-9', runIds: ['run-9'] },
    ].map((other) => (caught(() => mergedOf([part(1), other])) as { hint: string }).hint)
    expect(hints).toEqual([
      expect.stringContaining('same --seed'),
      'Run that shard again.',
      expect.stringContaining('older version'),
      expect.stringContaining('each record once'),
      expect.stringContaining('--repeat'),
    ])
  })
  test('of which one has no end say so, whether anybody interrupted it or not', () => {
    expect(() => mergedOf([part(1), part(2, { complete: false })])).toThrow(
      'part-1 is of a run that did not end: its history has no end',
    )
  })
  test('must not be merged where one scenario does not say what its verdict follows from', () => {
    for (const lacking of [{ facts: null }, { terms: null }]) {
      const [one] = part(2).scenarios
      const old = one === undefined ? [] : [one, { ...one, name: 'other', ...lacking }]
      expect(() => mergedOf([part(1), part(2, { scenarios: old })])).toThrow('a piece of')
    }
  })
  test('are the whole plan twice', () => {
    const whole = (runId: string) => recordOf(FOUR, { runId })
    expect(() => mergedOf([whole('a'), whole('b')])).toThrow('are both of the whole plan')
    expect(mergedOf([whole('a')]).interrupted).toBeNull()
  })
  test('are told apart by the member that differs, and long values in short', () => {
    const named = (name: string) => part(2, { target: { ...part(2).target, name } })
    const long = 'x'.repeat(100)
    expect(() => mergedOf([part(1), named(long)])).toThrow(
      `differ in target.name (embedded, ${'x'.repeat(79)}…)`,
    )
    expect(() => mergedOf([part(1), named('y'.repeat(80))])).toThrow(`, ${'y'.repeat(80)})`)
    const called = part(2, { target: { ...part(2).target, called: 'Keycloak' } })
    expect(() => mergedOf([part(1), called])).toThrow('target.called (absent, Keycloak)')
    const view = part(2).profiles.map((each) => ({ ...each, profile: 'fapi2' }))
    expect(() => mergedOf([part(1), part(2, { profiles: view })])).toThrow('(oidc-core, fapi2)')
    const repeated = { digest: 'd'.repeat(64), repeat: 9, shard: { index: 2, of: 2 } }
    expect(() => mergedOf([part(1), part(2, { plan: repeated })])).toThrow('plan.1 (1, 9)')
    expect(() => mergedOf([part(1), part(2, {}, 3)])).toThrow('plan.2 (2, 3)')
  })
})
