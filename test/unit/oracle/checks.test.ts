import { describe, expect, test } from 'vitest'
import type { Level } from '../../../harness/model/check.ts'
import type { Answer, Observation, Truth } from '../../../harness/model/history.ts'
import type { JudgedCase, Judging } from '../../../harness/model/judging.ts'
import type { Expectation } from '../../../harness/model/plan.ts'
import { openJudge } from '../../../harness/oracle/judge.ts'
import {
  asked,
  BUSY,
  granted,
  judged,
  judgingWith,
  LOST,
  presented,
  REFUSED,
  reply,
  TOKEN_ENDPOINT,
  truthAt,
  whole,
} from './histories.ts'

const CASE = 'doc/1/check:ca:case'

function row(deserves: Expectation['deserves'], more: Partial<Expectation> = {}): Expectation {
  return {
    step: `checks/r0/${CASE}/ask`,
    part: 'client_assertion',
    when: {},
    deserves,
    errors: [],
    because: 'it says so',
    ...more,
  }
}

interface Given {
  readonly expects?: readonly Expectation[]
  readonly level?: Level
  readonly strict?: boolean
  readonly profiles?: readonly string[]
}

function judgingOf({
  expects = [row('reject')],
  level = 'must',
  strict = false,
  profiles = ['rfc7523bis'],
}: Given = {}): Judging {
  const its: JudgedCase = {
    caseId: CASE,
    check: 'doc/1/check',
    usage: 'client-authentication',
    name: 'case',
    finding: 'signature/invalid-accepted',
    block: 'ca-1',
    steps: expects.map(({ step }) => step),
    expects,
    profiles,
  }
  return judgingWith({
    strict,
    blocks: [{ id: 'ca-1', usage: 'client-authentication', profiles }],
    checks: [
      {
        id: 'doc/1/check',
        title: 'A check',
        section: 'DOC §1',
        level,
        requirement: 'It must.',
        unsupported: { 'jg:other': 'the target has no grant' },
        cases: [its],
      },
    ],
  })
}

const FORGED: Partial<Truth> = { authentic: false, defect: { kind: 'signature-bit' } }

function control(which: string, at: number, answer: Answer, principal = 'hostile'): Observation {
  const caseId = `control/ca-1/${which}`
  return asked({ step: `checks/r0/${caseId}`, caseId, at, answer, principal })
}

function stimulus(answer: Answer, truth: Partial<Truth> = FORGED, step = 'ask'): Observation {
  const made = truthAt(2, { jti: `stimulus-${step}`, ...truth })
  return asked({
    step: `checks/r0/${CASE}/${step}`,
    caseId: CASE,
    at: 2,
    answer,
    presented: [presented(made)],
  })
}

function told(events: readonly Observation[], given: Given = {}, profile = 'rfc7523bis') {
  const { checks, convictions } = judged(judgingOf(given), whole(events), profile)
  return { result: checks.find(({ caseId }) => caseId === CASE), convictions }
}

const BEFORE = control('before', 1, granted())
const AFTER = control('after', 3, granted())

describe('what deserves rejection', () => {
  test('passes when it is refused between two accepted controls', () => {
    const { result, convictions } = told([BEFORE, stimulus(REFUSED), AFTER])
    expect(convictions).toEqual([])
    expect(result).toEqual({
      id: 'doc/1/check',
      usage: 'client-authentication',
      case: 'case',
      caseId: CASE,
      section: 'DOC §1',
      level: 'must',
      verdict: 'pass',
      because: 'it says so',
      asked: 1,
      expected: 'reject',
      seen: 'rejected (401 invalid_client)',
    })
  })

  test('convicts when it is accepted, with no control at all', () => {
    const { result, convictions } = told([stimulus(granted())])
    expect(result?.verdict).toBe('fail')
    expect(convictions).toMatchObject([
      {
        finding: 'signature/invalid-accepted',
        obliges: true,
        obligation: 'profile',
        check: 'doc/1/check',
        caseId: CASE,
        because: 'node-1 accepted it at 2010.0 ms, though it says so.',
      },
    ])
  })

  test('proves nothing when a control is missing or was refused', () => {
    for (const events of [
      [stimulus(REFUSED)],
      [BEFORE, stimulus(REFUSED)],
      [control('before', 1, REFUSED), stimulus(REFUSED), AFTER],
      [BEFORE, stimulus(REFUSED), control('after', 3, BUSY)],
    ]) {
      expect(told(events).result?.verdict).toBe('inconclusive')
    }
  })

  test('proves nothing when the answer is a server’s trouble, another refusal, or none', () => {
    for (const answer of [BUSY, reply(400, { code: 'invalid_scope' }), LOST]) {
      expect(told([BEFORE, stimulus(answer), AFTER]).result?.verdict).toBe('inconclusive')
    }
  })

  test('passes with a code that its own table names', () => {
    const expects = [row('reject', { errors: ['invalid_client', 'invalid_request'] })]
    const answer = reply(400, { code: 'invalid_request' })
    expect(told([BEFORE, stimulus(answer), AFTER], { expects }).result?.verdict).toBe('pass')
  })

  test('is right in substance and wrong in form where the form is at fault', () => {
    const answer = reply(403, { code: 'invalid_client', form: ['status'] })
    expect(told([BEFORE, stimulus(answer), AFTER]).result).toMatchObject({
      verdict: 'non-strict',
      because: 'right, but not in form: status',
    })
  })

  test('convicts nobody where the general rules do not agree with the table', () => {
    const { result, convictions } = told([stimulus(granted(), {})])
    expect(convictions).toEqual([])
    expect(result?.verdict).toBe('informational')
  })

  test('is inconclusive where only a clock could tell', () => {
    const justEnded = { expUs: truthAt(0).iatUs }
    expect(told([stimulus(granted(), justEnded)]).result?.verdict).toBe('inconclusive')
  })
})

describe('what deserves acceptance', () => {
  const expects = [row('accept')]
  const refused = stimulus(REFUSED, {})

  test('convicts a refusal between its own controls, all three in the witness', () => {
    const { result, convictions } = told([BEFORE, refused, AFTER], { expects })
    expect(result?.verdict).toBe('fail')
    expect(convictions).toMatchObject([{ finding: 'refusal/valid-refused', obliges: true }])
    expect(convictions[0]?.witness.map(({ got }) => got)).toEqual([
      '200 with a token',
      '401 invalid_client',
      '200 with a token',
    ])
  })

  test('convicts nobody by a control that only another party could repeat', () => {
    const { result, convictions } = told(
      [BEFORE, refused, control('after', 3, REFUSED), control('after-2', 4, granted(), 'spare')],
      { expects },
    )
    expect(result?.verdict).toBe('inconclusive')
    expect(convictions).toEqual([])
  })

  test('convicts nobody of a refusal at an endpoint that no control went to', () => {
    const there = { ...refused, endpoint: 'introspection' }
    expect(told([BEFORE, there, AFTER], { expects }).result?.verdict).toBe('inconclusive')
  })

  test('passes with nothing but its acceptance', () => {
    expect(told([stimulus(granted(), {})], { expects }).result?.verdict).toBe('pass')
  })
})

describe('a lost control', () => {
  const lost = [BEFORE, stimulus(REFUSED), control('after', 3, BUSY)]
  const again = control('after-2', 4, granted(), 'spare')

  test('is named at once, with its tries, until one is accepted', () => {
    const judge = openJudge(judgingOf(), 'rfc7523bis')
    for (const event of whole(lost).slice(0, -3)) judge.see(event)
    expect(judge.soFar('checks')).toMatchObject({ lost: [{ block: 'ca-1', tries: 1 }] })
    judge.see(again)
    expect(judge.soFar('checks')).toMatchObject({ lost: [] })
  })

  test('is not lost before it was asked, nor where the one before was not accepted', () => {
    const judge = openJudge(judgingOf(), 'rfc7523bis')
    for (const event of whole([control('before', 1, BUSY), control('after', 3, BUSY)]))
      judge.see(event)
    expect(judge.soFar('checks')).toMatchObject({ lost: [] })
  })

  test('vouches for refusals once it was accepted again, whoever sent it', () => {
    expect(told([...lost, again]).result?.verdict).toBe('pass')
  })

  test('refused outright every time is a finding that changes no verdict', () => {
    const { result, convictions } = told([
      BEFORE,
      stimulus(REFUSED),
      control('after', 3, REFUSED),
      control('after-2', 4, REFUSED, 'spare'),
    ])
    expect(result?.verdict).toBe('inconclusive')
    expect(convictions).toMatchObject([
      { finding: 'robustness/control-lost-after-stimuli', obliges: false },
    ])
  })
})

describe('levels', () => {
  const accepted = [stimulus(granted())]

  test('should is a fault of form unless the run is strict, may never fails', () => {
    expect(told(accepted, { level: 'should' }).result?.verdict).toBe('non-strict')
    expect(told(accepted, { level: 'should' }).convictions).toMatchObject([{ obliges: false }])
    expect(told(accepted, { level: 'should', strict: true }).result?.verdict).toBe('fail')
    expect(told(accepted, { level: 'may' })).toMatchObject({
      result: { verdict: 'informational' },
      convictions: [],
    })
    expect(told(accepted, { level: 'derived' }).convictions).toMatchObject([
      { obliges: true, obligation: 'derived' },
    ])
  })
})

describe('two profiles, one history', () => {
  const expects = [
    row('reject', { when: { 'aud.ca.values': 'issuer' }, because: 'only the issuer' }),
    row('accept', { because: 'both agreed on it' }),
  ]
  const profiles = ['rfc7523bis', 'rfc7523']
  const named = { audience: TOKEN_ENDPOINT, defect: { kind: 'audience', form: 'token-endpoint' } }

  test('each takes its own row of the same table', () => {
    const events = [BEFORE, stimulus(granted(), named), AFTER]
    expect(told(events, { expects, profiles }).result?.verdict).toBe('fail')
    expect(told(events, { expects, profiles }, 'rfc7523').result?.verdict).toBe('pass')
  })

  test('under a profile with another control an acceptance counts and a refusal was not asked', () => {
    const other: Given = { expects: [row('reject')], profiles: ['oidc-core'] }
    expect(told([BEFORE, stimulus(REFUSED), AFTER], other).result?.verdict).toBe('unsupported')
    expect(told([stimulus(granted())], other).result?.verdict).toBe('fail')
  })
})

describe('several steps', () => {
  const at = (step: string, deserves: Expectation['deserves']): Expectation =>
    row(deserves, { step: `checks/r0/${CASE}/${step}` })

  test('are as good as the worst of them', () => {
    const expects = [at('first', 'accept'), at('second', 'reject')]
    const first = stimulus(granted(), {}, 'first')
    const second = (answer: Answer) => stimulus(answer, FORGED, 'second')
    expect(told([BEFORE, first, second(REFUSED), AFTER], { expects }).result).toMatchObject({
      verdict: 'pass',
      asked: 2,
      expected: 'first: accept; second: reject',
    })
    expect(told([BEFORE, first, second(LOST), AFTER], { expects }).result?.verdict).toBe(
      'inconclusive',
    )
    expect(told([BEFORE, first, AFTER], { expects }).result?.verdict).toBe('inconclusive')
  })

  test('a replay among them is convicted by the ledger, and the case fails with it', () => {
    const expects = [at('first', 'accept'), at('second', 'reject')]
    const again = { jti: 'stimulus-first' }
    const later = { ...stimulus(granted(), again, 'second'), begunUs: BEFORE.begunUs }
    const { result, convictions } = told([stimulus(granted(), again, 'first'), later], { expects })
    expect(convictions).toMatchObject([{ check: 'doc/1/check', obligation: 'declared' }])
    expect(result?.verdict).toBe('fail')
  })
})

test('a case that was not asked says why', () => {
  const { checks } = judged(judgingOf(), whole([]))
  expect(checks.find(({ verdict }) => verdict === 'unsupported')).toMatchObject({
    usage: 'authorization-grant',
    case: 'other',
    caseId: 'doc/1/check:jg:other',
    because: 'the target has no grant',
  })
})

test('without a footer nothing passes, and what was convicted stays convicted', () => {
  const cut = whole([BEFORE, stimulus(REFUSED), AFTER]).slice(0, -1)
  expect(judged(judgingOf(), cut).checks[0]?.verdict).toBe('inconclusive')
  const bad = whole([stimulus(granted())]).slice(0, -1)
  expect(judged(judgingOf(), bad).checks[0]?.verdict).toBe('fail')
})
