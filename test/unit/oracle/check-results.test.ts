/** How the results of checks read, and what a check says of several cases and profiles. */
import { describe, expect, test } from 'vitest'
import type { Level } from '../../../harness/model/check.ts'
import type { Observation } from '../../../harness/model/history.ts'
import type { JudgedCase, JudgedCheck } from '../../../harness/model/judging.ts'
import { unsupportedOf } from '../../../harness/oracle/checks/check-results.ts'
import { controlLost } from '../../../harness/oracle/checks/control-lost.ts'
import type { Sighting } from '../../../harness/oracle/sighting.ts'
import { exhibit } from './exhibits.ts'
import {
  BUSY,
  granted,
  judged,
  LOST,
  presented,
  REFUSED,
  reply,
  START_US,
  truthAt,
  whole,
} from './histories.ts'
import {
  AFTER,
  BEFORE,
  CASE,
  control,
  FORGED,
  judgingOf,
  row,
  stimulus,
  told,
  type Given,
} from './one-check.ts'

describe('a level', () => {
  const level = (of: Level, given: Given = {}) => {
    const { result, convictions } = told([BEFORE, stimulus(granted()), AFTER], {
      level: of,
      ...given,
    })
    return [result?.verdict, convictions.map(({ obliges, obligation }) => [obliges, obligation])]
  }

  test('says what a violation is held to be, and by whose word', () => {
    expect(level('must')).toEqual(['fail', [[true, 'profile']]])
    expect(level('derived')).toEqual(['fail', [[true, 'derived']]])
    expect(level('stated')).toEqual(['fail', [[true, 'derived']]])
    expect(level('should')).toEqual(['non-strict', [[false, 'derived']]])
    expect(level('should', { strict: true })).toEqual(['fail', [[true, 'derived']]])
    for (const each of ['may', 'advisory'] as const) {
      expect(level(each)).toEqual(['informational', []])
      expect(level(each, { strict: true })).toEqual(['informational', []])
    }
  })
})

describe('a conviction', () => {
  test('of a refusal says what was answered, and that its controls were accepted', () => {
    const { convictions } = told([BEFORE, stimulus(REFUSED, {}), AFTER], {
      expects: [row('accept')],
    })
    expect(convictions).toMatchObject([
      {
        scenario: 'checks',
        spec: ['DOC §1'],
        because:
          'node-1 refused it at 2010.0 ms (401 invalid_client), though it says so; its control was accepted before and after.',
      },
    ])
  })

  test('of what is wrong with an answer says what that was', () => {
    const expects = [row('reject', { faults: { 'not-401': 'answers/not-in-form' } })]
    const answer = reply(400, { code: 'invalid_client' })
    const { convictions, result } = told([BEFORE, stimulus(answer), AFTER], { expects })
    expect(result?.verdict).toBe('fail')
    expect(convictions).toMatchObject([
      {
        finding: 'answers/not-in-form',
        because:
          'node-1 answered at 2010.0 ms (400 invalid_client): a failure by way of a header is 401 and nothing else.',
      },
    ])
    expect(convictions[0]?.witness).toHaveLength(3)
  })

  test('has the name that its case has for refusals', () => {
    const judging = judgingOf({ expects: [row('accept')] })
    const [check] = judging.checks
    const [its] = check?.cases ?? []
    const named = { ...its, refusal: 'refusal/other' } as JudgedCase
    const checks = [{ ...check, cases: [named] } as JudgedCheck]
    const events = whole([BEFORE, stimulus(REFUSED, {}), AFTER])
    expect(judged({ ...judging, checks }, events).convictions).toMatchObject([
      { finding: 'refusal/other' },
    ])
  })
})

describe('the form of a right refusal', () => {
  const form = (answer: ReturnType<typeof reply>, given: Given = {}) =>
    told([BEFORE, stimulus(answer), AFTER], given).result?.because

  test('is told with all that is wrong with it, its code last', () => {
    const expects = [row('reject', { errors: ['invalid_grant'] })]
    expect(form(reply(401, { code: 'invalid_client', form: ['status'] }), { expects })).toBe(
      'right, but not in form: status, code invalid_client',
    )
    expect(form(reply(403, { code: 'invalid_client' }))).toBe('right, but not in form: status 403')
    expect(form(reply(401, { code: 'invalid_client' }))).toBe('it says so')
  })

  test('is not asked for its code where the row names none, or nothing was refused', () => {
    const table = [row('accept', { errors: ['invalid_grant'] })]
    const accepted = told([stimulus(granted(), {})], { expects: table }).result
    expect(accepted).toMatchObject({ verdict: 'pass', because: 'it says so' })
  })

  test('misses a code where there is none', () => {
    const expects = [row('reject', { errors: ['invalid_client'], statuses: [405] })]
    expect(form(reply(405), { expects })).toBe('right, but not in form: code missing')
  })
})

describe('the table and what was seen', () => {
  test('are told step by step where there are several, with the codes that are asked for', () => {
    const expects = ['one', 'two'].map((step) =>
      row('reject', { step: `checks/r0/${CASE}/${step}`, errors: ['invalid_client', 'other'] }),
    )
    const { result } = told([BEFORE, stimulus(REFUSED, FORGED, 'one'), AFTER], { expects })
    expect(result).toMatchObject({
      asked: 1,
      verdict: 'inconclusive',
      because: 'it was not asked',
      expected:
        'one: reject with invalid_client or other; two: reject with invalid_client or other',
      seen: 'one: rejected (401 invalid_client); two: nothing',
      toRefuse: { decided: 1, accepted: 0 },
    })
  })

  test('count each try of a request, and take the last', () => {
    const again: Observation = { ...stimulus(granted()), attempt: 2 }
    const { result } = told([BEFORE, stimulus(REFUSED), again, AFTER])
    expect(result).toMatchObject({ asked: 2, verdict: 'fail' })
  })

  test('say nothing of a profile that the table does not speak of', () => {
    const expects = [row('reject', { when: { 'aud.ca.values': 'agreed' } })]
    expect(told([BEFORE, stimulus(REFUSED), AFTER], { expects }).result).toMatchObject({
      verdict: 'inconclusive',
      because: 'the profile has no expectation of it',
      expected: '',
    })
  })

  test('fail where a request of the case was convicted by itself', () => {
    const expects = ['first', 'second'].map((step) =>
      row('either', { step: `checks/r0/${CASE}/${step}` }),
    )
    const again = { jti: 'one and the same' }
    const later = { ...stimulus(granted(), again, 'second') }
    const { result } = told([stimulus(granted(), again, 'first'), later], { expects })
    expect(result).toMatchObject({
      verdict: 'fail',
      because: 'one of its requests was convicted by itself; the findings tell of what',
    })
  })
})

describe('a case that was made for another profile’s control', () => {
  const both = (names: readonly [string, string], second: Observation) => {
    const judging = judgingOf()
    const [check] = judging.checks
    const [its] = check?.cases ?? []
    if (check === undefined || its === undefined) throw new RangeError('there is one')
    const other: JudgedCase = {
      ...its,
      caseId: `${CASE}~other`,
      name: names[1],
      profiles: ['oidc-core'],
      expects: [row('reject', { step: `checks/r0/${CASE}~other/ask` })],
    }
    const checks = [{ ...check, cases: [{ ...its, name: names[0] }, other], unsupported: {} }]
    const events = whole([BEFORE, stimulus(REFUSED), AFTER, second])
    return judged({ ...judging, checks }, events).checks.map(({ caseId }) => caseId)
  }
  const asked = (answer: Observation['answer']): Observation => ({
    ...stimulus(answer),
    caseId: `${CASE}~other`,
    step: `checks/r0/${CASE}~other/ask`,
  })

  test('is left out where the same case was asked with this one’s, unless it fails', () => {
    expect(both(['case', 'case~other'], asked(REFUSED))).toEqual([CASE])
    expect(both(['case', 'case~other'], asked(granted()))).toEqual([CASE, `${CASE}~other`])
  })

  test('is told where nothing like it was', () => {
    expect(both(['case', 'another~other'], asked(REFUSED))).toEqual([CASE, `${CASE}~other`])
  })
})

test('what was not asked is told by its usages, its name and why', () => {
  const check = {
    ...judgingOf().checks[0],
    unsupported: { 'ca+dp:one': 'no proofs', jg: 'no grants', 'v:two': 'a', 'x:three': 'b' },
  } as JudgedCheck
  expect(
    unsupportedOf(check).map(({ usage, case: name, caseId, because }) => [
      usage,
      name,
      caseId,
      because,
    ]),
  ).toEqual([
    ['client-authentication+dpop-proof', 'one', 'doc/1/check:ca+dp:one', 'no proofs'],
    ['authorization-grant', '*', 'doc/1/check:jg:*', 'no grants'],
    ['bearer-token', 'two', 'doc/1/check:v:two', 'a'],
    ['x', 'three', 'doc/1/check:x:three', 'b'],
  ])
  expect(unsupportedOf(check)[0]).toMatchObject({ asked: 0, expected: '', seen: '' })
})

test('a control that everybody is refused with afterwards is told with its first, and its last', () => {
  const refused = [3, 4, 5].map((at, index) =>
    control(index === 0 ? 'after' : `after-${index + 1}`, at, REFUSED, 'spare'),
  )
  const { convictions } = told([BEFORE, stimulus(REFUSED), ...refused])
  expect(convictions).toMatchObject([
    {
      scenario: 'checks',
      caseId: 'control/ca-1/after',
      check: null,
      because:
        'The control was accepted before the block; after it 3 controls in a row were refused, by fresh parties too.',
      witness: [{ begunMs: 1_000 }, { begunMs: 3_000 }, { begunMs: 5_000 }],
    },
  ])
  expect(told([BEFORE, stimulus(LOST), control('after', 3, BUSY)]).convictions).toEqual([])
})

test('a control of which only the repetitions were seen obliges nobody, and tells of those', () => {
  const last = seenAt(5)
  const controls = { id: 'ca-1', before: seenAt(1), between: [], after: null, afters: [last] }
  expect(controlLost(controls, { startedUs: START_US, runId: '' })).toMatchObject({
    obliges: false,
    obligation: 'derived',
    spec: [],
    witness: [{ begunMs: 1_000 }, { begunMs: 5_000 }],
  })
})

function seenAt(at: number): Sighting {
  return {
    ...exhibit(at),
    observation: control('after', at, REFUSED),
    presentation: presented(truthAt(at)),
  }
}
