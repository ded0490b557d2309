/** Which row of a table a profile chooses, what an answer means for it, and who vouches for a refusal. */
import { describe, expect, test } from 'vitest'
import type { Answer, Observation } from '../../../harness/model/history.ts'
import type { Expectation } from '../../../harness/model/plan.ts'
import { outcomeFor, rowsOf } from '../../../harness/oracle/checks/expectations.ts'
import type { Sighting } from '../../../harness/oracle/sighting.ts'
import {
  BUSY,
  granted,
  LOST,
  policyNamed,
  presented,
  REFUSED,
  reply,
  SECOND_US,
  truthAt,
} from './histories.ts'
import { AFTER, BEFORE, CASE, control, row, stimulus, told } from './one-check.ts'

describe('the rows of a table', () => {
  const chosen = (...rows: readonly Expectation[]): readonly string[] =>
    rowsOf(rows, policyNamed('fapi2')).map(({ because }) => because)
  const when = (given: Expectation['when']) =>
    chosen(row('reject', { when: given, because: 'so' })).length === 1

  test('are the first of each part of each step that the profile agrees with', () => {
    expect(
      chosen(
        row('reject', { when: { 'aud.ca.values': 'agreed' }, because: 'of another profile' }),
        row('reject', { because: 'first' }),
        row('accept', { because: 'second' }),
        row('accept', { part: 'assertion', because: 'another part' }),
        row('accept', { step: 'another', because: 'another step' }),
      ),
    ).toEqual(['first', 'another part', 'another step'])
  })

  test('agree where every parameter named has that very value', () => {
    expect(when({ 'aud.ca.sole': true, 'jti.ca.required': true })).toBe(true)
    expect(when({ 'aud.ca.sole': true, 'jti.ca.required': false })).toBe(false)
    expect(when({ 'jti.ca.required': null })).toBe(false)
    expect(when({ 'not.heard-of': true })).toBe(false)
    expect(when({ 'typ.grant': null })).toBe(true)
  })

  test('compare what has members by its members, in whatever order', () => {
    const future = 'future.leewaySeconds'
    expect(when({ [future]: { refuse: 60, grant: 10 } })).toBe(true)
    expect(when({ [future]: { refuse: 60 } })).toBe(false)
    expect(when({ [future]: { refuse: 60, grant: 10, more: 1 } })).toBe(false)
    expect(when({ [future]: { refuse: 60, other: 10 } })).toBe(false)
    expect(when({ [future]: { refuse: 61, grant: 10 } })).toBe(false)
    expect(when({ [future]: null })).toBe(false)
    const algorithms = ['PS256', 'ES256', 'EdDSA', 'Ed25519']
    expect(when({ 'alg.allow': algorithms })).toBe(true)
    expect(when({ 'alg.allow': algorithms.toReversed() })).toBe(false)
    expect(when({ 'alg.allow': Object.fromEntries(algorithms.entries()) })).toBe(false)
  })

  test('compare what has no members with nothing but its like', () => {
    expect(when({ 'aud.ca.sole': {} })).toBe(false)
    expect(when({ 'typ.grant': {} })).toBe(false)
    const empty = { ...policyNamed('fapi2'), 'alg.allow': [] }
    const agrees = (given: Expectation['when']) =>
      rowsOf([row('reject', { when: given })], empty).length === 1
    expect(agrees({ 'alg.allow': 0 })).toBe(false)
    expect(agrees({ 'alg.allow': [] })).toBe(true)
  })
})

describe('what an answer means for a row', () => {
  const meant = (outcome: string, answer: Answer, more: Partial<Expectation>) =>
    outcomeFor(row('reject', more), { outcome, observation: { answer } } as Sighting)
  const denied = reply(400, { code: 'access_denied' })

  test('is a refusal by a code that the row names, where the code speaks of anything at all', () => {
    const errors = ['access_denied']
    expect(meant('elsewhere', denied, { errors })).toBe('rejected')
    expect(meant('elsewhere', reply(400), { errors })).toBe('elsewhere')
    expect(meant('elsewhere', denied, { errors: ['invalid_scope'] })).toBe('elsewhere')
    expect(meant('failed', denied, { errors })).toBe('failed')
    expect(meant('accepted', denied, { errors })).toBe('accepted')
  })

  test('is a refusal by a status that the row names, whatever else it says', () => {
    expect(meant('failed', reply(405), { statuses: [404, 405] })).toBe('rejected')
    expect(meant('failed', reply(406), { statuses: [404, 405] })).toBe('failed')
    expect(meant('failed', reply(405), {})).toBe('failed')
    expect(meant('unanswered', LOST, { statuses: [405] })).toBe('unanswered')
  })
})

describe('a refusal of what deserves acceptance, sent by another than the controls’ party', () => {
  const at = (seconds: number, event: Observation): Observation => ({
    ...event,
    begunUs: (event.begunUs ?? 0) + seconds * SECOND_US,
    answeredUs: (event.answeredUs ?? 0) + seconds * SECOND_US,
    principal: 'hostile',
  })
  const steps = ['one', 'two', 'three']
  const expects = steps.map((step) => row('accept', { step: `checks/r0/${CASE}/${step}` }))
  const asked = (answers: readonly Answer[]) =>
    told(
      [
        BEFORE,
        ...answers.map((answer, index) => {
          const step = steps[index] ?? ''
          const own = { issuer: 'client-2', subject: 'client-2', jti: `own-${step}` }
          return at(index / 4, stimulus(answer, own, step))
        }),
        AFTER,
      ],
      { expects },
    ).convictions.map(({ finding }) => finding)

  test('convicts where that party was accepted before and after in the same case', () => {
    expect(asked([granted(), REFUSED, granted()])).toEqual(['refusal/valid-refused'])
  })

  test('convicts nobody where it was accepted on one side alone, or failed on the other', () => {
    for (const answers of [
      [REFUSED, granted(), granted()],
      [granted(), granted(), REFUSED],
      [granted(), REFUSED, BUSY],
      [BUSY, REFUSED, granted()],
    ]) {
      expect(asked(answers)).toEqual([])
    }
  })
})

describe('a right refusal at a place that the controls did not go to', () => {
  const there = { endpoint: 'par' }
  const expects = ['genuine', 'ask'].map((step) =>
    row(step === 'ask' ? 'reject' : 'accept', { step: `checks/r0/${CASE}/${step}` }),
  )
  const verdict = (genuine: Partial<Observation> | null, table = expects) => {
    const beside = { ...stimulus(granted(), {}, 'genuine'), ...there, ...genuine }
    const refused = { ...stimulus(REFUSED), ...there }
    return told([BEFORE, ...(genuine === null ? [] : [beside]), refused, AFTER], {
      expects: genuine === null ? table.slice(1) : table,
    }).result?.verdict
  }

  test('is vouched for by a step of the same case that was rightly accepted there', () => {
    expect(verdict({})).toBe('pass')
  })

  test('is not by one elsewhere, by one that was not accepted, or by none', () => {
    expect(verdict({ endpoint: 'token' })).toBe('inconclusive')
    expect(verdict({ answer: REFUSED })).toBe('inconclusive')
    expect(verdict(null)).toBe('inconclusive')
  })

  test('is not by the acceptance of another part, or of what deserved refusal itself', () => {
    const part = 'assertion'
    const [genuine = row('accept'), refused = row('reject')] = expects
    const grant = presented(truthAt(2, { jti: 'a grant' }), { part })
    expect(verdict({ presented: [grant] }, [{ ...genuine, part }, refused])).toBe('inconclusive')
    const wrong = { ...genuine, deserves: 'either' as const }
    expect(verdict({}, [wrong, refused])).toBe('inconclusive')
  })
})

describe('in words', () => {
  const because = (...events: readonly Observation[]) => told(events).result?.because

  test('a refusal that nobody vouches for tells what the control was told', () => {
    const excerpt = `{"error":"invalid_client","error_description":"${'x'.repeat(200)}"}`
    const answer = reply(401, { code: 'invalid_client', excerpt })
    expect(because(control('before', 1, answer), stimulus(REFUSED), AFTER)).toBe(
      `refused, but a right request beside it was not accepted either: 401 invalid_client, ${JSON.stringify(excerpt.slice(0, 100))}`,
    )
    expect(because(control('before', 1, REFUSED), stimulus(REFUSED), AFTER)).toBe(
      'refused, but a right request beside it was not accepted either: 401 invalid_client',
    )
    expect(because(BEFORE, stimulus(REFUSED), control('after', 3, LOST))).toMatch(
      /not accepted either: [^,]+$/,
    )
    expect(because(BEFORE, stimulus(REFUSED))).toBe(
      'refused, but a right request beside it was not accepted either',
    )
  })

  test('what was not asked, what the answer leaves open and what the rules do is said', () => {
    expect(because(BEFORE, AFTER)).toBe('it was not asked')
    expect(because(BEFORE, stimulus(BUSY), AFTER)).toBe(
      'the answer proves neither: 503 temporarily_unavailable',
    )
    expect(because(stimulus(granted(), {}))).toBe(
      'accepted, and that is left open: nothing about it is wrong (RFC 7523 §3)',
    )
    const { result } = told([BEFORE, stimulus(REFUSED, { jti: '' }), AFTER], {
      expects: [row('accept')],
    })
    expect(result).toMatchObject({
      verdict: 'informational',
      because: 'refused, and that is left open: its jti is empty (RFC 7523 §3 item 7)',
    })
  })

  test('an acceptance that only the rules would refuse is told, and one that is only told says how it went', () => {
    const { result } = told([stimulus(granted())], { expects: [row('accept')] })
    expect(result?.verdict).toBe('informational')
    expect(result?.because).toMatch(
      /^accepted, yet it was not signed by .* \(RFC 7523 §3 item 9\)$/,
    )
    const open = told([stimulus(REFUSED)], { expects: [row('either')] }).result
    expect(open).toMatchObject({
      verdict: 'informational',
      because: 'it says so; 401 invalid_client',
    })
  })
})
