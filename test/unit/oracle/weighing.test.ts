/**
 * What an answer says of the party that asked: whether it works, and whether it may have been locked out. Told by one
 * refusal at 2 s, which convicts between two acceptances of its party and where nothing failed before it.
 */
import { describe, expect, test } from 'vitest'
import type { Answer, Observation, Presentation, Truth } from '../../../harness/model/history.ts'
import type { JudgedScenario } from '../../../harness/model/judging.ts'
import {
  asked,
  BUSY,
  copies,
  granted,
  judged,
  LOST,
  presented,
  REFUSED,
  reply,
  streamOf,
  truthAt,
  whole,
  type Asked,
} from './histories.ts'
import { cellOf, judgingOf } from './small-scenario.ts'

const HONEST = streamOf({ attack: null, copies: 1 })
// All within a second, so that nobody else's failure explains it.
const BEFORE = copies(8, [{ at: 1.6, answer: granted() }])
const LONE = copies(1, [{ at: 2, answer: REFUSED }])
const AFTER = copies(9, [{ at: 2.4, answer: granted() }])

function judge(events: readonly Observation[], scenario: Partial<JudgedScenario> = {}) {
  return judged(judgingOf({ streams: [HONEST], guards: [], ...scenario }), whole(events))
}

function convicts(events: readonly Observation[]): boolean {
  return judge(events).convictions.some(({ caseId }) => caseId === 's/stream/1')
}

/** Another request of the same sender, at 1.8 s unless it says otherwise. */
function other(
  answer: Answer,
  truth: Partial<Truth> = {},
  { at = 1.8, part = {}, ...more }: Partial<Asked> & { part?: Partial<Presentation> } = {},
): Observation {
  const made = truthAt(at, { jti: `other-${at}`, ...truth })
  return asked({
    step: 's/r0/stream/5/c0',
    at,
    answer,
    presented: [presented(made, part)],
    ...more,
  })
}

const FORGED = { authentic: false, defect: { kind: 'signature-bit' } }
const OTHERS = { issuer: 'client-2', subject: 'client-2' }

test('the stage: the refusal convicts', () => {
  expect(convicts([...BEFORE, ...LONE, ...AFTER])).toBe(true)
})

describe('a party works', () => {
  test('by acceptances of what it may present, and by none of what deserved refusal', () => {
    const wrong = (at: number) => other(granted(), FORGED, { at })
    expect(convicts([...BEFORE, ...LONE, wrong(3)])).toBe(false)
    expect(convicts([wrong(1), ...LONE, ...AFTER])).toBe(false)
    // What has no identifier, where single use is promised, deserves either answer.
    const either = other(granted(), { jti: '' }, { at: 3 })
    expect(convicts([...BEFORE, ...LONE, either])).toBe(true)
  })

  test('by its own acceptances, whoever is named in them', () => {
    expect(
      convicts([...BEFORE, ...LONE, ...AFTER.map((each) => ({ ...each, principal: 'spare' }))]),
    ).toBe(false)
  })
})

describe('a party has failed', () => {
  const after = (...of: Parameters<typeof other>) =>
    convicts([...BEFORE, other(...of), ...LONE, ...AFTER])

  test('by whatever a server may have taken for that', () => {
    const elsewhere = reply(400, { code: 'invalid_scope' })
    for (const answer of [REFUSED, BUSY, LOST, elsewhere]) expect(after(answer)).toBe(false)
    expect(after(granted())).toBe(true)
    expect(after(reply(400, { code: 'use_dpop_nonce' }))).toBe(true)
    expect(after({ kind: 'none', cause: 'unsent' }, {}, { begunUs: null })).toBe(true)
  })

  test('by what was sent in its name, and by what it sent in another’s', () => {
    expect(after(REFUSED, { ...OTHERS, ...FORGED })).toBe(false)
    expect(after(REFUSED, FORGED, { principal: 'hostile' })).toBe(false)
    expect(after(REFUSED, { ...OTHERS, ...FORGED }, { principal: 'hostile' })).toBe(true)
  })

  test('must not have by what only goes along in another use', () => {
    const grant = { issuer: 'https://idp.example', subject: 'alice', ...FORGED }
    const part = { part: 'assertion', usage: 'authorization-grant' } as const
    expect(after(reply(400, { code: 'invalid_grant' }), grant, { part })).toBe(true)
  })

  test('by nobody whom the target does not know', () => {
    expect(after(REFUSED, { ...OTHERS, ...FORGED }, { principal: 'unheard-of' })).toBe(true)
  })
})

describe('the rates', () => {
  test('hold what a stream is about, and nothing that goes along with it', () => {
    const grant = { issuer: 'https://idp.example', subject: 'alice', jti: 'grant' }
    const along = presented(truthAt(1, grant), { part: 'assertion', usage: 'authorization-grant' })
    const both = BEFORE.map((each) => ({ ...each, presented: [...each.presented, along] }))
    const judgement = judge(both)
    expect(cellOf(judgement, 'frr')).toEqual({ events: 0, trials: 1, owed: 1 })
    expect(judgement.scenarios[0]).toMatchObject({ judged: 1 })
  })

  test('hold the rounds of a climb, and of nothing else what was asked because of earlier answers', () => {
    const later = BEFORE.map((each) => ({ ...each, round: 1 }))
    expect(judge(later).scenarios[0]).toMatchObject({ judged: 0 })
    const climb = { climb: { by: 2 } } as unknown as Partial<JudgedScenario>
    expect(judge(later, climb).scenarios[0]).toMatchObject({ judged: 1 })
  })
})

describe('an endpoint that answers whoever brings nothing', () => {
  const nothing = (at: number, more: Partial<Asked> = {}) =>
    asked({
      step: 'checks/r0/control/v-1/nothing',
      caseId: 'control/v-1/nothing',
      at,
      answer: reply(200),
      presented: [],
      ...more,
    })
  const accepted = other(granted(), FORGED, { at: 2 })
  const findings = (events: readonly Observation[]) =>
    judge(events).convictions.map(({ finding }) => finding)

  test('proves nothing by what it accepts, before or after that was seen, and the reader is told', () => {
    for (const events of [
      [nothing(1), accepted],
      [accepted, nothing(3)],
    ]) {
      expect(findings(events)).toEqual([])
      expect(judge(events).notes.join()).toContain('answered a request without any token')
    }
    expect(findings([accepted])).toEqual(['signature/invalid-accepted'])
  })

  test('must not be told by a refusal, by a request that brought something, or of another endpoint', () => {
    for (const control of [
      nothing(1, { answer: REFUSED }),
      nothing(1, { answer: reply(302) }),
      nothing(1, { answer: LOST }),
      nothing(1, { endpoint: 'resource' }),
      nothing(1, { caseId: 'doc/1/nothing' }),
      nothing(1, { presented: [presented(truthAt(1))] }),
    ]) {
      expect(findings([control, accepted])).toEqual(['signature/invalid-accepted'])
    }
  })

  test('is no scenario’s request', () => {
    const own = nothing(1, { scenario: 's', step: 's/r0/stream/7/c0', caseId: 's/stream/7' })
    expect(findings([own, accepted])).toEqual(['signature/invalid-accepted'])
  })
})
