import { describe, expect, test } from 'vitest'
import { openJudge } from '../../../harness/oracle/judge.ts'
import { BUSY, granted, LOST, REFUSED, reply, truthAt, whole } from './histories.ts'
import { CASE, row, judgingOf, control, stimulus, told, BEFORE, AFTER } from './one-check.ts'

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
      toRefuse: { decided: 1, accepted: 0 },
    })
  })

  test('is counted as accepted or not, and not at all where the answer says neither', () => {
    const accepted = told([BEFORE, stimulus(granted()), AFTER])
    expect(accepted.result?.toRefuse).toEqual({ decided: 1, accepted: 1 })
    const lost = told([BEFORE, stimulus(LOST), AFTER])
    expect(lost.result?.toRefuse).toBeUndefined()
    const open = told([BEFORE, stimulus(granted()), AFTER], { expects: [row('either')] })
    expect(open.result?.toRefuse).toBeUndefined()
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

  test('convicts nobody of refusing a party that was accepted nowhere around it', () => {
    const ofAnother = (which: string, at: number) => control(which, at, granted(), 'hostile')
    const { result, convictions } = told([ofAnother('before', 1), refused, ofAnother('after', 3)], {
      expects,
    })
    expect(result?.verdict).toBe('inconclusive')
    expect(convictions).toEqual([])
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

test('what is watched counts what is owed, and nothing that a check only tells', () => {
  const watched = (level: 'must' | 'may') => {
    const judge = openJudge(judgingOf({ expects: [row('accept')], level }), 'rfc7523bis')
    for (const event of whole([BEFORE, stimulus(REFUSED), AFTER])) judge.see(event)
    return judge.watched('checks')
  }
  expect(watched('must')).toMatchObject({ live: { judged: 3, falseRejects: 1 } })
  expect(watched('may')).toMatchObject({ live: { judged: 3, falseRejects: 0 } })
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
