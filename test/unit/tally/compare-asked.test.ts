import { describe, expect, test } from 'vitest'
import type { Finding, RecordedScenario, RunRecord } from '../../../harness/model/record.ts'
import type { CheckLevel, Verdict } from '../../../harness/model/verdict.ts'
import { comparable, compared } from '../../../harness/tally/compare.ts'
import { rates } from '../../../harness/tally/rates.ts'
import { aRecord } from '../reports/records.ts'
import { aCell } from './cells.ts'
import { aCheckResult } from './convictions.ts'

function checks(levels: Readonly<Record<string, CheckLevel>>) {
  return Object.entries(levels).map(([name, verdict]) =>
    aCheckResult({ case: name, caseId: `rfc7523/3/exp-past:ca:${name}`, verdict }),
  )
}

function scenarios(verdicts: Readonly<Record<string, Verdict>>): readonly RecordedScenario[] {
  const [one] = aRecord().scenarios
  return Object.entries(verdicts).flatMap(([name, verdict]) =>
    one === undefined ? [] : [{ ...one, name, verdict }],
  )
}

describe('what only one run was asked', () => {
  test('is told of checks, where what is unsupported was not asked', () => {
    const before = aRecord({ checks: checks({ a: 'pass', b: 'unsupported', c: 'pass' }) })
    const after = aRecord({ checks: checks({ a: 'pass', b: 'fail', c: 'unsupported' }) })
    const comparison = compared(before, after)
    expect(comparison.onlyBefore.checks).toEqual(['rfc7523/3/exp-past:ca:c'])
    expect(comparison.onlyAfter.checks).toEqual(['rfc7523/3/exp-past:ca:b'])
    expect(comparison.checks).toMatchObject({ compared: 1, worse: [], better: [], unproved: [] })
    expect(comparison.checks.same).toMatchObject([{ case: 'a', before: 'pass', after: 'pass' }])
  })
  test('is told of scenarios, where what is unsupported was not asked', () => {
    const before = aRecord({
      scenarios: scenarios({ race: 'conforms', cut: 'unsupported', skew: 'violates' }),
    })
    const after = aRecord({
      scenarios: scenarios({ race: 'conforms', cut: 'violates', skew: 'unsupported' }),
    })
    const comparison = compared(before, after)
    expect(comparison.onlyBefore.scenarios).toEqual(['skew'])
    expect(comparison.onlyAfter.scenarios).toEqual(['cut'])
    expect(comparison.scenarios).toMatchObject({ compared: 1, worse: [], better: [], unproved: [] })
    expect(comparison.scenarios.same).toMatchObject([{ name: 'race', before: 'conforms' }])
  })
})

describe('a change', () => {
  test('is told of the case that changed, with both answers and the reason for the new one', () => {
    const before = aRecord({ checks: checks({ a: 'pass', b: 'pass' }) })
    const after = aRecord({ checks: checks({ a: 'pass', b: 'fail' }) })
    expect(compared(before, after).checks.worse).toEqual([
      {
        id: 'rfc7523/3/exp-past',
        usage: 'client-authentication',
        case: 'b',
        before: 'pass',
        after: 'fail',
        because: 'refused between two accepted controls',
      },
    ])
  })
  test('from what fails to what is only informational is for the better', () => {
    const from = (level: CheckLevel) => aRecord({ checks: checks({ a: level }) })
    expect(compared(from('fail'), from('informational')).checks.better).toHaveLength(1)
  })
  test('of a scenario alone is a regression', () => {
    const record = (verdict: Verdict) =>
      aRecord({ checks: [], scenarios: scenarios({ race: verdict }) })
    const comparison = compared(record('conforms'), record('breached'))
    expect(comparison.verdict).toBe('worse')
    expect(compared(record('conforms'), record('conforms')).exitCode).toBe(0)
  })
  test('is of two runs, which are told by what they were', () => {
    const { runId, startedAt, target } = aRecord()
    const called = { ...target, called: 'deploy/staging.yaml' }
    const violates = aRecord({ verdict: 'violates', target: called })
    const { before, after } = compared(aRecord({ seed: '6' }), violates)
    const side = { version: '0.1.0', runId, target: 'embedded', profile: 'rfc7523', startedAt }
    expect(before).toEqual({ ...side, seed: '6', verdict: 'conforms' })
    expect(after).toEqual({ ...side, seed: '7', verdict: 'violates', called: called.called })
  })
  test('or none puts each case that both were asked in one list', () => {
    const levels = ['pass', 'fail', 'inconclusive', 'non-strict', 'informational'] as const
    for (const from of levels) {
      for (const to of levels) {
        const [one, other] = [from, to].map((a) => aRecord({ checks: checks({ a }) }))
        if (one === undefined || other === undefined) throw new RangeError('expected two')
        const { worse, better, unproved, same } = compared(one, other).checks
        expect([...worse, ...better, ...unproved, ...same], `${from} to ${to}`).toHaveLength(1)
      }
    }
  })
})

describe('rates', () => {
  const of = (cells: readonly Parameters<typeof aCell>[0][]) =>
    aRecord({ rates: rates(cells.map(aCell)) })
  test('are told with what was seen on both sides, the least likely change first', () => {
    const before = of([{ trials: 60 }, { attack: 'forged', trials: 60 }])
    const after = of([
      { trials: 60, events: 3 },
      { attack: 'forged', trials: 60, events: 30 },
    ])
    const { rates: told } = compared(before, after)
    expect(told.map(({ attack }) => attack)).toEqual(['forged', 'replay'])
    expect(told[1]).toMatchObject({
      before: { events: 0, trials: 60, effective: 60, low: 0, coverage: 1, unit: 'race' },
      after: { events: 3, trials: 60, effective: 60, high: expect.closeTo(0.139, 3) },
    })
  })
  test('of the code’s frame that are not told any more are held against the world’s', () => {
    const world = { trials: 60, events: 50 }
    const code = { frame: 'code', trials: 60 } as const
    const { rates: told, onlyBefore } = compared(of([world, code]), of([world]))
    expect(told.map(({ frame, worse }) => [frame, worse])).toEqual([
      ['code', true],
      ['world', false],
    ])
    expect(onlyBefore.rates).toEqual([])
  })
})

/** A finding that these cases show. */
function shownBy(...caseIds: readonly string[]): Finding {
  const at = { step: 's', node: null, begunMs: 1, answeredMs: 2, sent: '', got: '' }
  return {
    id: 'time/expired-accepted',
    severity: 'high',
    because: 'It was accepted.',
    obligation: 'profile',
    obliges: true,
    times: 1,
    witness: caseIds.map((caseId) => ({ ...at, caseId })),
    spec: [],
    cwe: null,
    controls: [],
  }
}

describe('a finding that was not there', () => {
  const before = aRecord({
    checks: checks({ a: 'pass', b: 'pass', c: 'unsupported' }),
    scenarios: scenarios({ race: 'conforms', cut: 'conforms', skew: 'unsupported' }),
  })
  const listed = (...caseIds: readonly string[]) => {
    const { findings } = compared(before, { ...before, findings: [shownBy(...caseIds)] })
    expect(findings.new.length + findings.unasked.length).toBe(1)
    return findings.new.length === 1 ? 'new' : 'unasked'
  }
  test('is new where the first run asked one of the cases that show it', () => {
    expect(listed('rfc7523/3/exp-past:ca:b')).toBe('new')
    expect(listed('rfc7523/3/exp-past:ca:z', 'rfc7523/3/exp-past:ca:a')).toBe('new')
    expect(listed('cut/replay/3')).toBe('new')
    expect(listed('control/honest/node-1')).toBe('new')
    // Nothing says that it was not looked for.
    expect(listed()).toBe('new')
  })
  test('must not be called new of a case that was unsupported, or of which only the name begins alike', () => {
    expect(listed('rfc7523/3/exp-past:ca:z')).toBe('unasked')
    expect(listed('rfc7523/3/exp-past:ca:c')).toBe('unasked')
    expect(listed('skew/replay/3')).toBe('unasked')
    expect(listed('race-of-another-kind/replay/3')).toBe('unasked')
  })
  test('is told apart from those that stay and those that are gone', () => {
    const other = { ...shownBy('race/replay/0'), id: 'replay/accepted-concurrently' }
    const gone = { ...other, id: 'audience/normalised' }
    const run = (...findings: readonly Finding[]): RunRecord => ({ ...before, findings })
    const changes = compared(run(other, gone), run(other, shownBy('race/replay/1'))).findings
    expect(changes).toMatchObject({
      new: [{ id: 'time/expired-accepted' }],
      unasked: [],
      gone: ['audience/normalised'],
    })
  })
})

describe('records', () => {
  const refusal = (change: Partial<RunRecord>) => () =>
    comparable(aRecord(), aRecord(change), { anyway: false })
  test('of another kind of target are refused, and told how to be compared all the same', () => {
    const kind = { target: { ...aRecord().target, kind: 'verifier' as const } }
    expect(refusal(kind)).toThrow(
      expect.objectContaining({
        code: 'ERR_RECORDS_APART',
        hint: expect.stringMatching('--anyway'),
      }),
    )
  })
  test('without an end are refused, and say so', () => {
    const cut = refusal({ complete: false, interrupted: null })
    expect(cut).toThrow('its history has no end')
    expect(cut).toThrow(expect.objectContaining({ hint: expect.stringMatching('whole runs') }))
  })
})
