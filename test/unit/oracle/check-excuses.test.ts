/** A check owes its target the excuses that a scenario does: lock-outs, faults, and who stands between and asks again. */
import { describe, expect, test } from 'vitest'
import type { HistoryEvent, Observation } from '../../../harness/model/history.ts'
import { openJudge } from '../../../harness/oracle/judge.ts'
import {
  asked,
  fault,
  granted,
  presented,
  REFUSED,
  reply,
  targetWith,
  truthAt,
  whole,
} from './histories.ts'
import { AFTER, BEFORE, CASE, control, judgingOf, row, stimulus } from './one-check.ts'

const expects = [row('accept')]
const REFUSED_GENUINE = stimulus(REFUSED, {})

interface Path {
  readonly path?: 'direct' | 'unknown'
}

function judgedOf(events: readonly HistoryEvent[], { path = 'direct' }: Path = {}) {
  const judging = judgingOf({ expects })
  const target = targetWith({ replay: 'single-use', path })
  const judge = openJudge({ ...judging, target }, 'rfc7523bis')
  for (const event of whole(events)) judge.see(event)
  const { checks, convictions } = judge.conclude()
  const { verdict, because } = checks.find(({ caseId }) => caseId === CASE) ?? {}
  return { verdict, because, findings: convictions.map(({ finding }) => finding) }
}

const WRONG = { verdict: 'fail', findings: ['refusal/valid-refused'] }
const excused = (because: RegExp) => ({
  verdict: 'inconclusive',
  because: expect.stringMatching(because) as unknown,
  findings: [],
})

/** Another request of the same party, at a time. */
function other(at: number, more: Partial<Observation> = {}): Observation {
  const step = `checks/r0/doc/1/other:ca:${at}/ask`
  return asked({ step, at, answer: REFUSED, principal: 'hostile', ...more })
}

const rest = (at: number) => control(`between-${at * 10}`, at, granted())

describe('a refusal of what a check owes an acceptance', () => {
  test('convicts between its controls', () => {
    expect(judgedOf([BEFORE, REFUSED_GENUINE, AFTER])).toMatchObject(WRONG)
  })

  test('may be a lock-out for what failed before it since its party was last accepted', () => {
    const failed = other(1.5)
    const locked = excused(/locked out for what had failed before it/)
    expect(judgedOf([BEFORE, failed, REFUSED_GENUINE, AFTER])).toMatchObject(locked)
    expect(judgedOf([BEFORE, failed, rest(1.8), REFUSED_GENUINE, AFTER])).toMatchObject(WRONG)
    const elsewhere = { ...failed, node: 'node-2' }
    expect(judgedOf([BEFORE, elsewhere, REFUSED_GENUINE, AFTER])).toMatchObject(locked)
  })

  test('may be one that nobody saw the reason of, where the next owed one was refused too', () => {
    const twice = stimulus(REFUSED, { jti: 'another' }, 'again')
    const judging = judgingOf({
      expects: [row('accept'), row('accept', { step: `checks/r0/${CASE}/again` })],
    })
    const convictions = (events: readonly HistoryEvent[]) => {
      const judge = openJudge(judging, 'rfc7523bis')
      for (const event of whole(events)) judge.see(event)
      return judge.conclude().convictions.length
    }
    const second = {
      ...twice,
      begunUs: (twice.begunUs ?? 0) + 500_000,
      answeredUs: (twice.answeredUs ?? 0) + 500_000,
    }
    expect(convictions([BEFORE, REFUSED_GENUINE, second, AFTER])).toBe(0)
    expect(convictions([BEFORE, REFUSED_GENUINE, rest(2.3), second, AFTER])).toBe(2)
  })

  test('counts a request as one failure, whatever else it carries in the same name', () => {
    const proof = {
      ...presented(truthAt(2)),
      part: 'dpop',
      usage: 'dpop-proof',
      key: 'proof',
      truth: truthAt(2, { issuer: 'client-1', jti: 'proof' }),
    } as Observation['presented'][number]
    const both = { ...REFUSED_GENUINE, presented: [...REFUSED_GENUINE.presented, proof] }
    expect(judgedOf([BEFORE, both, AFTER])).toMatchObject(WRONG)
  })

  test('may be of a second presentation where something stands between that asks again', () => {
    const repeated = excused(/may have presented it twice/)
    const events = [BEFORE, REFUSED_GENUINE, AFTER]
    expect(judgedOf(events, { path: 'unknown' })).toMatchObject(repeated)
    const via = { ...AFTER, answer: { ...granted(), headers: { via: '1.1 mesh' } } }
    expect(judgedOf([BEFORE, REFUSED_GENUINE, via])).toMatchObject(repeated)
  })

  test('is no such thing of what nothing remembers', () => {
    const [presentation] = REFUSED_GENUINE.presented
    const keyless = {
      ...REFUSED_GENUINE,
      presented: presentation === undefined ? [] : [{ ...presentation, key: null }],
    }
    expect(judgedOf([BEFORE, keyless, AFTER], { path: 'unknown' })).toMatchObject(WRONG)
  })

  test('may be of the trouble that a fault makes', () => {
    const amid = [BEFORE, fault('inflicting', 1.5), REFUSED_GENUINE, fault('mended', 2.5), AFTER]
    expect(judgedOf(amid)).toMatchObject(excused(/link\.cut .* was in force/))
  })

  test('is as much excused where only its table knows the answer to be a refusal', () => {
    const named = [row('accept', { errors: ['access_denied'] })]
    const answer = reply(400, { code: 'access_denied' })
    const judging = judgingOf({ expects: named })
    const verdictOf = (events: readonly HistoryEvent[]) => {
      const judge = openJudge(judging, 'rfc7523bis')
      for (const event of whole(events)) judge.see(event)
      return judge.conclude().checks.find(({ caseId }) => caseId === CASE)?.verdict
    }
    expect(verdictOf([BEFORE, stimulus(answer, {}), AFTER])).toBe('fail')
    expect(verdictOf([BEFORE, other(1.5), stimulus(answer, {}), AFTER])).toBe('inconclusive')
  })
})
