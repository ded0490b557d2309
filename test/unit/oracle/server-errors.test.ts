import { describe, expect, test } from 'vitest'
import type { Answer, Observation } from '../../../harness/model/history.ts'
import type { JudgedCase } from '../../../harness/model/judging.ts'
import { openJudge } from '../../../harness/oracle/judge.ts'
import { BUSY, granted, REFUSED, reply, whole } from './histories.ts'
import { AFTER, BEFORE, CASE, control, judgingOf, row, stimulus, told } from './one-check.ts'

const FAILED: Answer = reply(500, { form: ['not-json'] })

const expects = ['one', 'two'].map((step) => row('reject', { step: `checks/r0/${CASE}/${step}` }))

function failing(...events: readonly Observation[]) {
  const { convictions } = told(events, { expects })
  return convictions.filter(({ finding }) => finding === 'robustness/server-error')
}

describe('a server that fails over what it had only to refuse', () => {
  const both = ['one', 'two'].map((step) => stimulus(FAILED, undefined, step))
  const OTHER = `${CASE}-other`
  /** What is asked of another case. */
  const other = (observation: Observation): Observation => ({
    ...observation,
    caseId: OTHER,
    step: observation.step.replace(CASE, OTHER),
  })
  const cases = [both[0] ?? BEFORE, other(both[1] ?? AFTER)]
  /** The same in a later round, between controls of its own. */
  const again = (observations: readonly Observation[], answer: Answer = FAILED) =>
    observations.map((each, index) => {
      const at = 1_000_000 * (10 + index)
      return {
        ...each,
        round: 1,
        step: each.step.replace('checks/r0/', 'checks/r1/'),
        begunUs: (each.begunUs ?? 0) + at,
        answeredUs: (each.answeredUs ?? 0) + at,
        answer,
      }
    })
  const beside = (at: number, answer: Answer = granted()) => ({
    ...control(`between-${1000 + at}`, at, answer),
    round: 1,
  })

  const judgedTwice = (...events: readonly Observation[]) => judgedAs({}, ...events)

  /** @param more Of both cases. */
  function judgedAs(more: Partial<JudgedCase>, ...events: readonly Observation[]) {
    const judging = judgingOf({ expects: [row('reject', { step: `checks/r0/${CASE}/one` })] })
    const [check] = judging.checks
    const [its] = check?.cases ?? []
    const further = { ...its, caseId: OTHER, name: 'other', steps: [`checks/r0/${OTHER}/two`] }
    const table = [row('reject', { step: `checks/r0/${OTHER}/two` })]
    const checks = [
      {
        ...check,
        cases: [
          { ...its, ...more },
          { ...further, ...more, expects: table },
        ],
      },
    ] as typeof judging.checks
    const judge = openJudge({ ...judging, checks }, 'rfc7523bis')
    for (const event of whole(events)) judge.see(event)
    const { convictions, checks: results } = judge.conclude()
    return {
      asksFor: judge.soFar('checks'),
      verdicts: results.flatMap(({ asked, verdict, because }) =>
        asked === 0 ? [] : [[verdict, because]],
      ),
      found: convictions.filter(({ finding }) => finding === 'robustness/server-error'),
    }
  }

  test('is told so, with the controls that it answered well, when it does so over several, twice', () => {
    const { found, asksFor, verdicts } = judgedTwice(
      BEFORE,
      ...cases,
      AFTER,
      beside(11),
      ...again(cases),
      beside(16),
    )
    const [conviction] = found
    expect(asksFor).toMatchObject({ failed: [{ case: CASE }, { case: OTHER }] })
    expect(conviction).toMatchObject({ obliges: true, obligation: 'derived' })
    expect(conviction?.because).toMatch(
      /answered 500 .* over 2 of the stimuli, and over 2 when they were asked once more/,
    )
    expect(conviction?.witness.map(({ got }) => got)).toEqual([
      '200 with a token',
      '500',
      '200 with a token',
    ])
    const failedOver = 'the target failed over it instead of refusing it (robustness/server-error)'
    expect(verdicts).toEqual([
      ['fail', failedOver],
      ['fail', failedOver],
    ])
  })

  test('must not be by requests that borrow another name: a gateway knows nobody by that, and says 502', () => {
    const gateway: Answer = reply(502, { form: ['not-json'] })
    const unknown = cases.map((each) => ({ ...each, answer: gateway }))
    const twice = [BEFORE, ...unknown, AFTER, beside(11), ...again(unknown, gateway), beside(16)]
    const { found, asksFor, verdicts } = judgedAs({ callsAnother: true }, ...twice)
    expect([found, asksFor]).toMatchObject([[], { failed: [] }])
    expect(verdicts.map(([verdict]) => verdict)).toEqual(['inconclusive', 'inconclusive'])
    expect(judgedTwice(...twice).found).toMatchObject([{ obliges: true }])
  })

  test('must not be by what it owed an acceptance: there it is a refusal’s other face', () => {
    const owed = ['one', 'two'].map((step) => row('accept', { step: `checks/r0/${CASE}/${step}` }))
    const right = ['one', 'two'].map((step) => stimulus(FAILED, {}, step))
    const { convictions } = told([BEFORE, ...right, AFTER], { expects: owed })
    expect(convictions).toEqual([])
  })

  test('is not held to answers that it gave once: a burst of trouble meets several in a row', () => {
    expect(failing(BEFORE, ...both.slice(0, 1), AFTER)).toMatchObject([{ obliges: false }])
    expect(failing(BEFORE, ...both, AFTER)).toMatchObject([{ obliges: false }])
    const asked = [BEFORE, ...cases, AFTER, beside(11)]
    for (const once of [
      again(cases, REFUSED),
      again(cases.slice(0, 1)),
      [...again(cases), beside(17, BUSY)],
      [...again(cases), beside(17, FAILED)],
    ]) {
      const { found, verdicts } = judgedTwice(...asked, ...once)
      expect(found).toMatchObject([{ obliges: false }])
      expect(verdicts.map(([verdict]) => verdict)).toEqual(['inconclusive', 'inconclusive'])
    }
  })

  test('is not held to answers around which a control failed', () => {
    expect(failing(BEFORE, ...both, control('after', 3, FAILED))).toEqual([])
  })

  test.each([503, 504, 429])('is not meant by %i, which speaks of load', (status) => {
    const busy = ['one', 'two'].map((step) => stimulus(reply(status), undefined, step))
    expect(failing(BEFORE, ...busy, AFTER)).toEqual([])
  })

  test('leaves the check that it failed over undecided while that may be a coincidence', () => {
    const one = told([BEFORE, ...both.slice(0, 1), AFTER], { expects })
    expect(one.result?.verdict).toBe('inconclusive')
  })
})
