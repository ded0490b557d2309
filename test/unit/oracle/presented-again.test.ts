/** What its documents let a client present again: a target that promises single use of assertions promises nothing of it. */
import { describe, expect, test } from 'vitest'
import type { Observation } from '../../../harness/model/history.ts'
import { isReusable, singleUseOf } from '../../../harness/oracle/deserving/obligation.ts'
import {
  asked,
  copies,
  granted,
  judged,
  judgingWith,
  policyNamed,
  presented,
  streamOf,
  targetWith,
  truthAt,
  whole,
} from './histories.ts'
import { CASE, judgingOf, row } from './one-check.ts'
import { judgingOf as scenarioOf } from './small-scenario.ts'

const PROMISING = targetWith({ replay: 'single-use' })

/** One credential, twice in turn at one node, both accepted. */
function twice(): readonly Observation[] {
  const truth = truthAt(1, { jti: 'kept' })
  return ['first', 'again'].map((name, index) =>
    asked({
      step: `checks/r0/${CASE}/${name}`,
      caseId: CASE,
      at: 1 + index,
      answer: granted(),
      presented: [presented(truth, { last: name === 'again' })],
    }),
  )
}

function accused(profiles: readonly string[], judgedUnder: string): readonly string[] {
  const expects = ['first', 'again'].map((name) =>
    row('either', { step: `checks/r0/${CASE}/${name}` }),
  )
  const judging = judgingOf({ expects, profiles })
  const { convictions } = judged(judging, whole(twice()), judgedUnder)
  return convictions.filter(({ obliges }) => obliges).map(({ finding }) => finding)
}

describe('a credential accepted twice by a target that promises single use', () => {
  test('convicts where it is an assertion of RFC 7523', () => {
    expect(accused(['rfc7523bis'], 'rfc7523bis')).toEqual(['replay/accepted-sequentially'])
  })

  test('must not convict where its profile lets clients keep and reuse it (JWT-SVID §7.1)', () => {
    expect(accused(['spiffe'], 'spiffe')).toEqual([])
  })

  test('nor where the history of that is judged by another profile, which never asked for it', () => {
    expect(accused(['spiffe'], 'rfc7523bis')).toEqual([])
  })

  test('convicts by the profile that wants it used once where one request was made for both', () => {
    expect(accused(['spiffe', 'rfc7523bis'], 'rfc7523bis')).toEqual([
      'replay/accepted-sequentially',
    ])
    expect(accused(['spiffe', 'rfc7523bis'], 'spiffe')).toEqual([])
  })

  test('is a figure and no false accept in a scenario that was planned for such a profile', () => {
    const events = whole(
      copies(0, [
        { at: 1, answer: granted() },
        { at: 2, answer: granted() },
      ]),
    )
    const judgement = (first: string, under: string) => {
      const judging = scenarioOf({ streams: [streamOf()] }, { asked: [first, 'rfc7523bis'] })
      return judged(judging, events, under)
    }
    const told = (first: string, under: string) => {
      const { convictions, cells } = judgement(first, under)
      const metrics = cells.map(({ metric }) => metric)
      return [convictions.length, metrics.includes('far'), metrics.includes('replay-acceptance')]
    }
    expect(told('rfc7523bis', 'rfc7523bis')).toEqual([1, true, false])
    expect(told('spiffe', 'spiffe')).toEqual([0, false, true])
    expect(told('spiffe', 'rfc7523bis')).toEqual([0, false, true])
  })
})

test('an identity assertion may be used again, and a client assertion beside it may not (ID-JAG §4.4.3)', () => {
  const idJag = policyNamed('id-jag')
  expect(singleUseOf(PROMISING, idJag, 'authorization-grant')).toBeNull()
  expect(singleUseOf(PROMISING, idJag, 'client-authentication')?.obligation).toBe('declared')
})

test('nothing is reusable that was planned for no profile, or for one that the history does not know', () => {
  const judging = judgingWith()
  expect(isReusable(judging, [], 'client-authentication')).toBe(false)
  expect(isReusable(judging, ['nobodys'], 'client-authentication')).toBe(false)
  expect(isReusable(judging, ['spiffe'], 'client-authentication')).toBe(true)
})
