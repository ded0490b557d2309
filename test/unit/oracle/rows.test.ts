/** What one row of a table comes to, by itself: who vouches for a refusal, and what each answer means for it. */
import { describe, expect, test } from 'vitest'
import type { Presentation } from '../../../harness/model/history.ts'
import type { Expectation } from '../../../harness/model/plan.ts'
import type { Outcome } from '../../../harness/model/verdict.ts'
import { judgeRow, type RowContext } from '../../../harness/oracle/checks/expectations.ts'
import type { Sighting } from '../../../harness/oracle/sighting.ts'
import { exhibit, FOREIGN, VALID } from './exhibits.ts'
import {
  asked,
  granted,
  LOST,
  policyNamed,
  presented,
  REFUSED,
  reply,
  targetWith,
  truthAt,
} from './histories.ts'
import { CASE, judgingOf, row } from './one-check.ts'

type Seen = Partial<Sighting> & { readonly endpoint?: string; readonly part?: string }

const ANSWERS = { accepted: granted(), rejected: REFUSED } as const

/** One presentation of the case, right in itself, sent to the token endpoint at `at` seconds. */
function seen(outcome: Outcome, at: number, { endpoint = 'token', ...more }: Seen = {}): Sighting {
  const answer = outcome === 'accepted' || outcome === 'rejected' ? ANSWERS[outcome] : LOST
  const part = more.part ?? 'client_assertion'
  const usage = more.usage ?? 'client-authentication'
  const presentation: Presentation = presented(truthAt(at), { part, usage })
  const observation = asked({ step: `checks/r0/${CASE}/ask`, at, answer, endpoint })
  return { ...exhibit(at), outcome, part, usage, presentation, observation, ...more }
}

const [CHECK] = judgingOf().checks

function around(more: Partial<RowContext> = {}): RowContext {
  const [its] = CHECK?.cases ?? []
  if (CHECK === undefined || its === undefined) throw new RangeError('there is one')
  const [before, after] = [seen('accepted', 1), seen('accepted', 9)]
  return {
    case: its,
    check: CHECK,
    policy: policyNamed('rfc7523bis'),
    target: targetWith(),
    controls: { id: 'ca-1', before, between: [], after, afters: [after] },
    excuseOf: () => null,
    asked: true,
    siblings: [],
    ...more,
  }
}

type Sibling = readonly [Expectation, Sighting | undefined]

const INTROSPECTION = { endpoint: 'introspection' }
const OPEN = { ...VALID, deserves: 'either' } as const

describe('a refusal of what is owed an acceptance, at a place that no control went to', () => {
  const refused = seen('rejected', 5, INTROSPECTION)
  const kind = (row_: Expectation, seen_: Sighting) =>
    judgeRow(row('accept'), refused, around({ siblings: [[row_, seen_]] }))
  const convicts = (row_: Expectation, seen_: Sighting) => kind(row_, seen_).kind === 'violated'
  const before = (more: Seen = {}, at = 4) => seen('accepted', at, { ...INTROSPECTION, ...more })

  test('is wrong where the very thing was rightly accepted there before', () => {
    expect(convicts(row('accept'), before())).toBe(true)
  })

  test('must not be by what was accepted of another part, by another party or elsewhere', () => {
    expect(convicts(row('accept', { part: 'assertion' }), before())).toBe(false)
    expect(convicts(row('accept'), before({ principal: 'spare' }))).toBe(false)
    expect(convicts(row('accept'), before({ endpoint: 'token' }))).toBe(false)
  })

  test('nor by what deserved refusal there, or was not accepted', () => {
    // That it need not have been says no less of who asked.
    expect(convicts(row('either'), before())).toBe(true)
    expect(convicts(row('reject'), before())).toBe(false)
    expect(convicts(row('accept'), seen('rejected', 4, INTROSPECTION))).toBe(false)
    const nothing: Sibling = [row('accept'), undefined]
    expect(judgeRow(row('accept'), refused, around({ siblings: [nothing] })).kind).toBe('level')
  })

  test('is wrong from the moment on at which that was answered, and not amid it', () => {
    expect(convicts(row('accept'), before({ toUs: refused.fromUs }))).toBe(true)
    expect(convicts(row('accept'), before({ toUs: refused.fromUs + 1 }))).toBe(false)
  })
})

describe('a refusal of what is owed an acceptance', () => {
  const of = (more: Partial<RowContext>, sighting = seen('rejected', 5)) =>
    judgeRow(row('accept'), sighting, around(more))

  test('says that it proves nothing where no control was accepted, or another thing was presented', () => {
    const unproved = {
      kind: 'level',
      level: 'inconclusive',
      because: 'refused, and no accepted control shows that it should not be',
    }
    const { controls } = around()
    expect(of({ controls: { ...controls, after: null } })).toEqual(unproved)
    expect(of({}, seen('rejected', 5, { usage: 'authorization-grant' }))).toEqual(unproved)
    expect(of({}).kind).toBe('violated')
  })

  test('of another party needs an acceptance of that very party before it and one after it', () => {
    const refused = seen('rejected', 5, { principal: 'spare' })
    const [early, late] = [4, 6].map((at) => seen('accepted', at, { principal: 'spare' }))
    const judged = (...siblings: readonly (Sighting | undefined)[]) =>
      of({ siblings: siblings.map((each): Sibling => [row('either'), each]) }, refused).kind
    expect(judged(early, late)).toBe('violated')
    expect(judged(early, seen('accepted', 6))).toBe('level')
    expect(judged(seen('accepted', 4), late, undefined)).toBe('level')
    // What began with it was accepted neither before nor after.
    const same = seen('accepted', 5, { principal: 'spare' })
    expect(judged(early, same)).toBe('level')
    expect(judged(same, late)).toBe('level')
  })

  test('under another profile’s control was not asked', () => {
    expect(of({ asked: false })).toEqual({
      kind: 'level',
      level: 'unsupported',
      because: 'not asked under this profile, whose control is another one',
    })
  })

  test('that only a clock could settle may yet come out, what documents leave open not', () => {
    const left = (code: Sighting['code']) => {
      const answer = of({}, seen('rejected', 5, { code }))
      return answer.kind === 'level' ? answer.level : answer.kind
    }
    expect(left({ ...OPEN, rule: 'time' })).toBe('inconclusive')
    expect(left({ ...FOREIGN, rule: 'time' })).toBe('informational')
    expect(left({ ...OPEN, rule: 'jti' })).toBe('informational')
  })
})

describe('a refusal of what deserves it, at a place that no control went to', () => {
  const refused = (part: string) =>
    seen('rejected', 5, { ...INTROSPECTION, part, usage: 'bearer-token' })
  const passes = (part: string, sibling: Sibling) => {
    const answer = judgeRow(row('reject', { part }), refused(part), around({ siblings: [sibling] }))
    return answer.kind === 'level' && answer.level === 'pass'
  }
  const there = (outcome: Outcome): Sibling => [
    row('accept', { part: 'token' }),
    seen(outcome, 4, INTROSPECTION),
  ]

  test('is vouched for by an acceptance of that part there, and where it brought nothing of any part', () => {
    expect(passes('token', there('accepted'))).toBe(true)
    expect(passes('other', there('accepted'))).toBe(false)
    expect(passes('nothing', there('accepted'))).toBe(true)
  })

  test('is not by what was refused there, or never asked', () => {
    expect(passes('token', there('rejected'))).toBe(false)
    expect(passes('token', [row('accept', { part: 'token' }), undefined])).toBe(false)
  })

  test('brought nothing where the control went, and is vouched for by that', () => {
    const bare = (part: string) =>
      judgeRow(
        row('reject', { part }),
        seen('rejected', 5, { part, usage: 'dpop-proof' }),
        around(),
      )
    expect(bare('nothing')).toMatchObject({ level: 'pass' })
    expect(bare('dpop')).toMatchObject({ level: 'inconclusive' })
  })
})

describe('an answer', () => {
  test.each(['elsewhere', 'challenged', 'failed', 'unanswered', 'unsent'] as const)(
    'that is %s proves nothing of what deserves one or the other',
    (outcome) => {
      for (const deserves of ['accept', 'reject'] as const) {
        expect(judgeRow(row(deserves), seen(outcome, 5), around())).toEqual({
          kind: 'level',
          level: 'inconclusive',
          because: 'the answer proves neither: no answer (timeout)',
        })
      }
    },
  )

  test('that rests on what was not accepted, or never asked, only tells how it went', () => {
    const resting = row('reject', { onceAccepted: 'revoke' })
    const told = {
      kind: 'level',
      level: 'informational',
      because: 'what it rests on was not accepted; 200 with a token',
    }
    const after = (revoked: Sighting | undefined) =>
      judgeRow(resting, seen('accepted', 5, { code: FOREIGN }), {
        ...around(),
        siblings: [[row('either', { step: 'revoke' }), revoked]],
      })
    expect(after(seen('rejected', 4))).toEqual(told)
    expect(after(undefined)).toEqual(told)
    expect(after(seen('accepted', 4)).kind).toBe('violated')
  })

  test('is held to its form where it is right or only told, and not where it proves nothing', () => {
    const faults = { 'not-401': 'answers/not-in-form' }
    const refused = (deserves: 'reject' | 'either', more: Partial<RowContext> = {}) => {
      const sighting = seen('rejected', 5)
      const observation = { ...sighting.observation, answer: reply(400) }
      return judgeRow(row(deserves, { faults }), { ...sighting, observation }, around(more))
    }
    expect(refused('reject')).toMatchObject({ finding: 'answers/not-in-form', fault: 'not-401' })
    expect(refused('either')).toMatchObject({ finding: 'answers/not-in-form', fault: 'not-401' })
    const { controls } = around()
    expect(refused('reject', { controls: { ...controls, after: null } })).toMatchObject({
      level: 'inconclusive',
    })
  })
})
