/** How many tokens can have reached somebody, by the answers alone: what the target counts beyond that reached nobody. */
import { describe, expect, test } from 'vitest'
import type { Answer } from '../../../harness/model/history.ts'
import { openIssued } from '../../../harness/oracle/answers/issued.ts'
import { asked, BUSY, granted, LOST, REFUSED, reply } from './histories.ts'
import { judgingOf } from './small-scenario.ts'

/** What a target is found to have left over that counts so many tokens and gave these answers. */
function left(counted: number | undefined, answers: readonly Answer[], faults = ['link.cut']) {
  const issued = openIssued()
  for (const answer of answers) issued.see(asked({ step: 's/r0/stream/0/c0', at: 1, answer }))
  const planned = faults.map((fault) => ({ fault, on: 'x', startSeconds: 0, endSeconds: 1 }))
  const { scenarios } = judgingOf({ faults: planned })
  return issued.conclude(scenarios, () => counted)
}

const isLeft = (...of: Parameters<typeof left>): boolean => left(...of).length > 0

describe('tokens beyond what can have reached anybody', () => {
  test('are told with both counts, and held against the target', () => {
    expect(left(3, [granted(), granted(), REFUSED])).toEqual([
      {
        scenario: 's',
        caseId: 's',
        check: null,
        finding: 'replay/loser-token-lives',
        obliges: true,
        obligation: 'derived',
        because:
          "3 access tokens were issued by the target's own count, and no more than 2 can have reached anybody: it issues a token before it knows whether the assertion was used.",
        spec: ['RFC 7523 §3 item 7'],
        witness: [],
      },
    ])
  })

  test('must not be told of as many as there were answers with one, or of who counts nothing', () => {
    expect(isLeft(2, [granted(), granted(), REFUSED])).toBe(false)
    expect(isLeft(1, [])).toBe(true)
    expect(isLeft(0, [])).toBe(false)
    expect(isLeft(undefined, [])).toBe(false)
  })

  test('must not be told where an answer was lost, failed, or in a form that nobody could read', () => {
    const unreadable = [
      LOST,
      { kind: 'none', cause: 'reset' } as const,
      BUSY,
      reply(500),
      reply(200, { form: ['not-json'] }),
      reply(200),
      reply(302),
      reply(408),
      reply(429, { code: 'invalid_client' }),
      reply(400, { code: 'temporarily_unavailable' }),
      reply(401, { form: ['not-json'] }),
      { ...REFUSED, token: 'handed out all the same' },
    ]
    for (const answer of unreadable) expect(isLeft(2, [granted(), answer])).toBe(false)
    for (const answer of [REFUSED, reply(400, { code: 'invalid_scope' })]) {
      expect(isLeft(2, [granted(), answer])).toBe(true)
    }
  })

  test('are not hidden by answers of other endpoints, which issue none', () => {
    const issued = openIssued()
    for (const endpoint of ['introspection', 'resource']) {
      issued.see(asked({ step: 's/r0/x/0/c0', at: 1, endpoint, answer: reply(200) }))
    }
    expect(issued.conclude(judgingOf().scenarios, () => 1)).toHaveLength(1)
  })

  test('must not be told beside load that nobody watches', () => {
    expect(isLeft(9, [granted()], ['link.cut', 'load.pressure'])).toBe(false)
    expect(isLeft(9, [granted()], [])).toBe(true)
  })
})
