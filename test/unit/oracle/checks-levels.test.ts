import { describe, expect, test } from 'vitest'
import type { Answer } from '../../../harness/model/history.ts'
import { granted, judged, LOST, REFUSED, TOKEN_ENDPOINT, whole } from './histories.ts'
import type { Expectation } from '../../../harness/model/plan.ts'
import {
  CASE,
  row,
  judgingOf,
  FORGED,
  stimulus,
  told,
  BEFORE,
  AFTER,
  type Given,
} from './one-check.ts'

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
