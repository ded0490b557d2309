/** What rests on an earlier step of its case: a token is revoked only by a revocation that was accepted. */
import { describe, expect, test } from 'vitest'
import type { Answer, Observation } from '../../../harness/model/history.ts'
import { granted, LOST, presented, REFUSED, reply, truthAt } from './histories.ts'
import { AFTER, BEFORE, CASE, row, stimulus, told } from './one-check.ts'

const ACTIVE = reply(200, { active: true })
const INACTIVE = reply(200, { active: false })

/** Asks about one token that the target issued, at one endpoint. */
function about(step: string, answer: Answer, at: number, endpoint = 'introspection'): Observation {
  const issued = {
    ...truthAt(2, { jti: null }),
    issuer: null,
    subject: null,
    audience: null,
    algorithm: null,
    expUs: null,
    nbfUs: null,
    iatUs: null,
  }
  const event = stimulus(answer, {}, step)
  return {
    ...event,
    endpoint,
    begunUs: (event.begunUs ?? 0) + at,
    answeredUs: (event.answeredUs ?? 0) + at,
    presented: [{ ...presented(issued, { part: 'token' }), usage: 'bearer-token', key: null }],
  }
}

const at = (step: string) => ({ step: `checks/r0/${CASE}/${step}`, part: 'token' })

describe('of a token that somebody revoked', () => {
  const expects = [
    row('either', at('revoke')),
    row('reject', { ...at('after'), onceAccepted: at('revoke').step }),
  ]
  const judgedAfter = (revocation: Answer) =>
    told(
      [
        BEFORE,
        about('revoke', revocation, 100_000, 'revocation'),
        about('after', ACTIVE, 200_000),
        AFTER,
      ],
      { expects },
    )

  test('it convicts to call it active after the revocation was accepted', () => {
    const { result, convictions } = judgedAfter(reply(200))
    expect(convictions).toHaveLength(1)
    expect(result).toMatchObject({ verdict: 'fail', toRefuse: { decided: 1, accepted: 1 } })
  })

  test.each([
    [
      'was refused, since access tokens need not be revocable',
      reply(400, { code: 'unsupported_token_type' }),
    ],
    ['could not be done now', reply(503)],
    ['was not answered', LOST],
  ])('it must not where the revocation %s', (_, revocation) => {
    const { result, convictions } = judgedAfter(revocation)
    expect(convictions).toEqual([])
    expect(result?.verdict).toBe('informational')
    expect(result?.toRefuse).toBeUndefined()
  })
})

describe('of a token that another client was let revoke', () => {
  const expects = [row('accept', at('before')), row('accept', at('after'))]
  const found = (before: Answer, after: Answer, beforeAt = 100_000) =>
    told([BEFORE, about('before', before, beforeAt), about('after', after, 200_000), AFTER], {
      expects,
    }).convictions.map(({ finding }) => finding)

  test('it convicts to call it inactive though it was active a moment before', () => {
    expect(found(ACTIVE, INACTIVE)).toEqual(['refusal/valid-refused'])
  })

  test('it must not where it was not active before, or nobody was asked', () => {
    expect(found(INACTIVE, INACTIVE)).toEqual([])
    expect(found(LOST, INACTIVE)).toEqual([])
    expect(found(ACTIVE, ACTIVE)).toEqual([])
    expect(found(granted(), REFUSED)).toEqual([])
  })

  test('nor where it was seen to be active only at the same time, or afterwards', () => {
    expect(found(ACTIVE, INACTIVE, 199_999)).toEqual([])
    expect(found(ACTIVE, INACTIVE, 300_000)).toEqual([])
  })
})

describe('of nonsense that is revoked', () => {
  const expects = [
    row('either', at('known')),
    row('accept', { ...at('nonsense'), onceAccepted: at('known').step, errors: ['invalid_token'] }),
  ]
  const found = (known: Answer, nonsense: Answer) =>
    told(
      [
        BEFORE,
        about('known', known, 100_000, 'revocation'),
        about('nonsense', nonsense, 200_000, 'revocation'),
        AFTER,
      ],
      { expects },
    ).convictions.map(({ finding }) => finding)
  const INVALID = reply(400, { code: 'invalid_token' })

  test('it convicts to call that an error where a token of the same client could be revoked', () => {
    expect(found(reply(200), INVALID)).toEqual(['refusal/valid-refused'])
  })

  test('it must not where none can be, or nobody knows, or no error was told', () => {
    expect(found(reply(400, { code: 'unsupported_token_type' }), INVALID)).toEqual([])
    expect(found(LOST, INVALID)).toEqual([])
    expect(found(reply(200), LOST)).toEqual([])
    expect(found(reply(200), reply(503))).toEqual([])
    expect(found(reply(200), reply(200))).toEqual([])
  })
})
