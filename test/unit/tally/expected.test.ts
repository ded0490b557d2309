import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ExpectedFailure } from '../../../harness/model/expected.ts'
import type { RecordedScenario } from '../../../harness/model/record.ts'
import type { CheckLevel, CheckResult, Conviction } from '../../../harness/model/verdict.ts'
import { heldAgainst, type Outcome } from '../../../harness/tally/expected.ts'

const TODAY = '2026-11-26'

function check(id: string, name: string, verdict: CheckLevel): CheckResult {
  const caseId = `${id}:ca:${name}`
  return {
    id,
    usage: 'client-authentication',
    case: name,
    caseId,
    title: id,
    section: '§',
    level: 'must',
    verdict,
    because: '',
    expected: null,
    answered: null,
  } as unknown as CheckResult
}

function scenario(name: string, verdict: RecordedScenario['verdict']): RecordedScenario {
  return { name, verdict } as unknown as RecordedScenario
}

type Convicted = Outcome['convictions'][number]

function convicted(of: Partial<Conviction>): Convicted {
  return { check: null, caseId: '', scenario: 'checks', obliges: true, ...of }
}

/** One check of two cases, of which one fails and convicts, and a scenario that conforms. */
const ONE_FAILS: Outcome = {
  checks: [check('a/1/x', 'one', 'fail'), check('a/1/x', 'two', 'pass')],
  scenarios: [scenario('race', 'conforms')],
  convictions: [convicted({ check: 'a/1/x', caseId: 'a/1/x:ca:one' })],
  complete: true,
  whole: true,
}

function held(outcome: Outcome, ...entries: readonly Omit<ExpectedFailure, 'reason'>[]) {
  const expected = entries.map((entry) => ({ reason: 'known', ...entry }))
  const { expectations, verdict, stale } = heldAgainst(outcome, expected, TODAY)
  return { states: expectations.map(({ state }) => state), verdict, stale }
}

describe('a failure that is expected', () => {
  test.each<[string, Omit<ExpectedFailure, 'reason'>]>([
    ['by its check', { id: 'a/1/x' }],
    ['by its case', { id: 'a/1/x', variant: 'ca:one' }],
    ['by the whole name of its case', { id: 'a/1/x:ca:one' }],
    ['until today', { id: 'a/1/x', expires: TODAY }],
  ])('%s costs nothing', (_how, entry) => {
    expect(held(ONE_FAILS, entry)).toEqual({
      states: ['failed'],
      verdict: 'conforms',
      stale: false,
    })
  })

  test('of a scenario takes what it convicts of with it', () => {
    const outcome: Outcome = {
      ...ONE_FAILS,
      checks: [],
      scenarios: [scenario('race', 'violates')],
      convictions: [convicted({ scenario: 'race', caseId: 'race/replay/3' })],
    }
    expect(held(outcome).verdict).toBe('violates')
    expect(held(outcome, { id: 'race' }).verdict).toBe('conforms')
  })

  test('of a case that a profile asks by a control of its own is the case of that name', () => {
    const own = check('a/1/x', 'one~fapi2', 'fail')
    const outcome: Outcome = { ...ONE_FAILS, checks: [own], convictions: [] }
    expect(held(outcome, { id: 'a/1/x', variant: 'ca:one' })).toEqual({
      states: ['failed'],
      verdict: 'conforms',
      stale: false,
    })
  })

  test('of a limit that was breached costs nothing', () => {
    const outcome: Outcome = { ...ONE_FAILS, checks: [], scenarios: [scenario('race', 'breached')] }
    const quiet = { ...outcome, convictions: [] }
    expect(held(quiet).verdict).toBe('breached')
    expect(held(quiet, { id: 'race' })).toMatchObject({ states: ['failed'], verdict: 'conforms' })
  })

  test('must not make anything of a case beside it that nobody could decide', () => {
    const open = check('a/1/x', 'two', 'inconclusive')
    const outcome: Outcome = { ...ONE_FAILS, checks: [check('a/1/x', 'one', 'fail'), open] }
    expect(held(outcome, { id: 'a/1/x' })).toMatchObject({
      states: ['failed'],
      verdict: 'inconclusive',
    })
  })

  test('excuses no other', () => {
    const both: Outcome = {
      ...ONE_FAILS,
      checks: [...ONE_FAILS.checks, check('b/2/y', 'one', 'fail')],
    }
    expect(held(both, { id: 'a/1/x' }).verdict).toBe('violates')
    // What convicts beside it, in the same check and of another case.
    const other = convicted({ check: 'a/1/x', caseId: 'a/1/x:ca:two' })
    const more: Outcome = { ...ONE_FAILS, convictions: [...ONE_FAILS.convictions, other] }
    expect(held(more, { id: 'a/1/x', variant: 'ca:one' }).verdict).toBe('violates')
  })
})

describe('an entry', () => {
  test('that does not fail any more is stale', () => {
    expect(held(ONE_FAILS, { id: 'a/1/x', variant: 'ca:two' })).toEqual({
      states: ['stale'],
      verdict: 'violates',
      stale: true,
    })
    expect(held(ONE_FAILS, { id: 'race' }).states).toEqual(['stale'])
  })

  test('of what was not asked, or not decided, is neither', () => {
    const open: Outcome = {
      ...ONE_FAILS,
      checks: [check('a/1/x', 'one', 'inconclusive'), check('a/1/x', 'two', 'unsupported')],
    }
    expect(held(open, { id: 'a/1/x' }, { id: 'c/3/z' })).toMatchObject({
      states: ['undecided', 'undecided'],
      stale: false,
    })
    const half: Outcome = {
      ...ONE_FAILS,
      checks: [check('a/1/x', 'one', 'pass'), check('a/1/x', 'two', 'inconclusive')],
      scenarios: [scenario('race', 'unsupported'), scenario('cut', 'inconclusive')],
    }
    expect(held(half, { id: 'a/1/x' }, { id: 'race' }, { id: 'cut' }).states).toEqual([
      'undecided',
      'undecided',
      'undecided',
    ])
  })

  test('of a shard is never stale, for what it names may have failed in another', () => {
    const shard: Outcome = { ...ONE_FAILS, whole: false }
    expect(held(shard, { id: 'race' })).toMatchObject({ states: ['undecided'], stale: false })
    expect(held(shard, { id: 'a/1/x' }).states).toEqual(['failed'])
  })

  test('whose day is over is worth nothing, and is never stale', () => {
    expect(held(ONE_FAILS, { id: 'a/1/x', expires: '2026-11-25' })).toEqual({
      states: ['expired'],
      verdict: 'violates',
      stale: false,
    })
  })
})

test('without entries a run is what it is, and with an entry for every failure it conforms', () => {
  const levels = fc.constantFrom<CheckLevel>('pass', 'fail', 'informational', 'unsupported')
  fc.assert(
    fc.property(fc.array(levels, { minLength: 1 }), (verdicts) => {
      const checks = verdicts.map((verdict, index) => check(`a/1/${index}`, 'one', verdict))
      const outcome: Outcome = {
        checks,
        scenarios: [],
        convictions: [],
        complete: true,
        whole: true,
      }
      const failed = checks.filter(({ verdict }) => verdict === 'fail')
      expect(held(outcome).verdict === 'violates').toBe(failed.length > 0)
      const excused = held(outcome, ...failed.map(({ id }) => ({ id })))
      expect(excused.states.every((state) => state === 'failed')).toBe(true)
      expect(excused.verdict).not.toBe('violates')
    }),
  )
})
