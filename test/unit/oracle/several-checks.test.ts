/** Whose a result and a conviction are, where there are several checks, cases and rows. */
import { describe, expect, test } from 'vitest'
import type { Observation } from '../../../harness/model/history.ts'
import type { JudgedCase, JudgedCheck, Judging } from '../../../harness/model/judging.ts'
import type { Expectation, Usage } from '../../../harness/model/plan.ts'
import { openChecks } from '../../../harness/oracle/checks/checks.ts'
import {
  granted,
  judged,
  policyNamed,
  presented,
  REFUSED,
  reply,
  targetWith,
  truthAt,
  whole,
} from './histories.ts'
import { AFTER, BEFORE, CASE, judgingOf, row, stimulus, told } from './one-check.ts'

const PROFILE = 'rfc7523bis'

/** The check and the case that all others here are made from. */
function plain(): { readonly check: JudgedCheck; readonly its: JudgedCase } {
  const [check] = judgingOf().checks
  const [its] = check?.cases ?? []
  if (check === undefined || its === undefined) throw new RangeError('there is one')
  return { check: { ...check, unsupported: {} }, its }
}

interface Made {
  readonly name: string
  readonly usage?: Usage
  readonly profiles?: readonly string[]
}

/** A case `name` that owes a refusal, and the stimulus that it asks. */
function made({ name, ...more }: Made, answer = REFUSED) {
  const caseId = `doc/1/check:ca:${name}`
  const step = `checks/r0/${caseId}/ask`
  const its: JudgedCase = {
    ...plain().its,
    ...more,
    name,
    caseId,
    expects: [row('reject', { step })],
  }
  const event: Observation = { ...stimulus(answer, { authentic: false, jti: name }), caseId, step }
  return { its, event }
}

function resultsOf(checks: readonly JudgedCheck[], events: readonly Observation[]) {
  const judging: Judging = { ...judgingOf(), checks }
  return judged(judging, whole([BEFORE, ...events, AFTER])).checks
}

test('each check is told with its own cases, in the order of the plan', () => {
  const { check } = plain()
  const [one, two, other] = ['one', 'two', 'other'].map((name) => made({ name }))
  const checks = [
    { ...check, id: 'doc/2/check', cases: [other?.its].filter((each) => each !== undefined) },
    { ...check, cases: [one?.its, two?.its].filter((each) => each !== undefined) },
  ]
  const events = [one, two, other].flatMap((each) => each?.event ?? [])
  expect(resultsOf(checks, events).map(({ id, case: name }) => [id, name])).toEqual([
    ['doc/2/check', 'other'],
    ['doc/1/check', 'one'],
    ['doc/1/check', 'two'],
  ])
})

describe('a case that was made for another profile’s control', () => {
  const names = (own: Made, other: Made, apart = false) => {
    const { check } = plain()
    const pair = [made(own), made({ profiles: ['oidc-core'], ...other })]
    const [first, second] = pair.map(({ its }) => its)
    if (first === undefined || second === undefined) throw new RangeError('there are two')
    const checks = apart
      ? [
          { ...check, cases: [first] },
          { ...check, id: 'doc/2/check', cases: [{ ...second, check: 'doc/2/check' }] },
        ]
      : [{ ...check, cases: [first, second] }]
    const events = pair.map(({ event }) => event)
    return resultsOf(checks, events).map(({ case: name }) => name)
  }

  test('is left out only where the very same case was asked: of that check, that usage and that name', () => {
    const [own, other] = [{ name: 'case' }, { name: 'case~other' }]
    expect(names(own, other)).toEqual(['case'])
    expect(names(own, other, true)).toEqual(['case', 'case~other'])
    expect(names({ ...own, usage: 'authorization-grant' }, other)).toEqual(['case', 'case~other'])
    expect(names({ name: 'cases' }, other)).toEqual(['cases', 'case~other'])
  })
})

describe('what a presentation is held against', () => {
  const at = (step: string) => `checks/r0/${CASE}/${step}`
  const expects: readonly Expectation[] = [
    row('accept', { step: at('one'), because: 'one' }),
    row('reject', { step: at('two'), because: 'two' }),
    row('reject', { step: at('two'), part: 'assertion', because: 'another part' }),
  ]
  const checks = (level: 'must' | 'may' = 'must') =>
    openChecks(judgingOf({ expects, level }), PROFILE, policyNamed(PROFILE))
  const sent = (step: string, part = 'client_assertion', caseId = CASE) => ({
    observation: { ...stimulus(REFUSED), step: at(step), caseId },
    presentation: presented(truthAt(2), { part }),
  })

  test('is the row of its step and of its part', () => {
    const because = (...of: Parameters<typeof sent>) => checks().rowFor(sent(...of))?.because
    expect(because('one')).toBe('one')
    expect(because('two')).toBe('two')
    expect(because('two', 'assertion')).toBe('another part')
    expect(because('one', 'assertion')).toBeUndefined()
    expect(because('one', 'client_assertion', 'no/such:case')).toBeUndefined()
  })

  test('is what it is owed, and nothing where the check only tells or there is no row', () => {
    expect([checks().owed(sent('one')), checks().owed(sent('two'))]).toEqual(['accept', 'reject'])
    expect(checks('may').owed(sent('one'))).toBe('either')
    expect(checks().owed(sent('three'))).toBe('either')
  })

  test('is of a check and of the profiles that it was planned for', () => {
    expect([checks().checkOf(CASE), checks().profilesOf(CASE)]).toEqual(['doc/1/check', [PROFILE]])
    expect([checks().checkOf('s/stream/0'), checks().profilesOf('s/stream/0')]).toEqual([null, []])
  })
})

describe('a conviction', () => {
  test('of an acceptance shows that alone, which no control can explain away', () => {
    const { convictions } = told([BEFORE, stimulus(granted()), AFTER])
    expect(convictions.map(({ witness }) => witness.map(({ got }) => got))).toEqual([
      ['200 with a token'],
    ])
  })

  test('of the form of an answer shows what controls there are', () => {
    const expects = [row('either', { faults: { 'not-401': 'answers/not-in-form' } })]
    const { convictions } = told([stimulus(reply(400))], { expects })
    expect(convictions.map(({ witness }) => witness.map(({ got }) => got))).toEqual([['400']])
  })

  test('rests on the target’s own word where only that makes the stimulus wrong', () => {
    const judging = { ...judgingOf(), target: targetWith({}, true) }
    const elsewhere = { audience: 'https://elsewhere.example', defect: null }
    const { convictions } = judged(judging, whole([stimulus(granted(), elsewhere)]))
    expect(convictions).toMatchObject([
      { finding: 'signature/invalid-accepted', obligation: 'declared' },
    ])
  })
})
