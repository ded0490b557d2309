/** One presentation on its own: what is known of it at once, and what its node's clock and the faults around it make of it. */
import { describe, expect, test } from 'vitest'
import type { Truth } from '../../../harness/model/history.ts'
import { gotWords } from '../../../harness/oracle/answers/words.ts'
import { openRulings } from '../../../harness/oracle/deserving/rulings.ts'
import { openKeyTimes } from '../../../harness/oracle/scenarios/key-times.ts'
import { attemptOf, complete, draft, isSighting } from '../../../harness/oracle/sighting.ts'
import type { OffsetUs } from '../../../harness/oracle/time/offset-line.ts'
import { openFaults } from '../../../harness/oracle/time/phases.ts'
import { openSlots } from '../../../harness/oracle/time/slots.ts'
import {
  asked,
  granted,
  LOST,
  policyNamed,
  presented,
  REFUSED,
  SECOND_US,
  START_US,
  streamOf,
  targetWith,
  truthAt,
  type Asked,
} from './histories.ts'
import { judgingOf } from './small-scenario.ts'

const POLICY = policyNamed('rfc7523bis')
const TARGET = targetWith()
const RULINGS = openRulings({ policy: POLICY, target: TARGET })
const STANDARDS = {
  policy: POLICY,
  rulings: RULINGS,
  slots: openSlots(['node-1', 'node-2'], () => START_US),
  words: gotWords,
}

function placeOf(scenario: object = {}, stream: object = {}) {
  const its = streamOf({ attack: null, copies: 1, ...stream })
  const [named] = judgingOf({ streams: [its], ...scenario }).scenarios
  if (named === undefined) throw new RangeError('there is one')
  return { scenario: named, stream: its, index: 0, slot: { latest: null } }
}

/** A request at 2 s with a right assertion minted then, good for a minute. */
function drafted(more: Partial<Asked> = {}, truth: Partial<Truth> = {}, place = placeOf()) {
  const made = presented(truthAt(2, truth))
  const observation = asked({
    step: 's/r0/stream/0/c0',
    at: 2,
    answer: granted(),
    presented: [made],
    ...more,
  })
  return draft(observation, made, place, STANDARDS)
}

const at = (seconds: number) => START_US + seconds * SECOND_US

describe('at once is known', () => {
  test('when it was judged, at the earliest and at the latest', () => {
    expect(drafted()).toMatchObject({ fromUs: at(2), toUs: at(2.01) })
    expect(drafted({ answer: LOST })).toMatchObject({ fromUs: at(2), toUs: at(2) })
    const unsent = { begunUs: null, dueUs: at(1.5), answeredUs: null }
    expect(drafted(unsent)).toMatchObject({ fromUs: at(1.5), toUs: at(1.5), begunUs: null })
    // A clock that went backwards makes no span that ends before it begins.
    expect(drafted({ answeredUs: at(1) })).toMatchObject({ fromUs: at(2), toUs: at(2) })
  })

  test('which attempt it was, whose it says it is, and what was wrong with it', () => {
    expect(drafted()).toMatchObject({ step: 's/r0/stream/0/c0', party: 'client-1', defect: null })
    expect(drafted({ attempt: 2 }).step).toBe('s/r0/stream/0/c0#2')
    expect(drafted({}, { issuer: null, defect: { kind: 'padded' } })).toMatchObject({
      party: 'honest',
      defect: 'padded',
    })
  })

  test('what came back', () => {
    expect(drafted({ answer: { ...granted(), token: 'tag' } })).toMatchObject({
      outcome: 'accepted',
      token: 'tag',
      got: '200 with a token',
      stale: false,
    })
    expect(drafted({ answer: LOST })).toMatchObject({ token: null, stale: false })
    expect(drafted({ answer: { kind: 'none', cause: 'stale-connection' } }).stale).toBe(true)
  })

  test('whether it was answered before its tail was let go', () => {
    expect(drafted({ releasedUs: at(2.02) }).early).toBe(true)
    expect(drafted({ releasedUs: at(2.01) }).early).toBe(false)
    expect(drafted({ releasedUs: null }).early).toBe(false)
    expect(drafted({ releasedUs: at(2.02), answer: LOST }).early).toBe(false)
  })

  test('whether earlier answers asked for it: the next rung of a climb they only asked for more of', () => {
    expect(drafted().searched).toBe(false)
    expect(drafted({ round: 1 }).searched).toBe(true)
    expect(drafted({ round: 1 }, {}, placeOf({ climb: { by: 2 } })).searched).toBe(false)
    expect(drafted({ round: 0 }, {}, placeOf({ climb: { by: 2 } })).searched).toBe(false)
  })

  test('all that was sent, of what is no scenario’s and is held against a table', () => {
    const made = presented(truthAt(2))
    const observation = asked({ step: 'checks/r0/x', at: 2, answer: granted(), presented: [made] })
    expect(isSighting(draft(observation, made, null, STANDARDS))).toBe(true)
    expect(isSighting(drafted())).toBe(false)
  })
})

describe('by the clock of its node', () => {
  const judged = (
    offset: OffsetUs,
    truth: Partial<Truth> = {},
    more: Partial<Asked> = {},
    { place = placeOf(), faults = openFaults([]), keyTimes = openKeyTimes() } = {},
  ) => {
    const exhibit = drafted(more, truth, place)
    const clocks = { offset: () => offset, see: () => undefined, earlyUs: () => 0 }
    const judging = { target: TARGET }
    complete(exhibit, { judging, keyTimes, clocks, faults, rulings: RULINGS })
    return exhibit
  }
  const exactly = (seconds: number): OffsetUs => ({
    lowUs: seconds * SECOND_US,
    highUs: seconds * SECOND_US,
  })

  test('it deserves what it deserves by true time, or what that clock says', () => {
    expect(judged(exactly(0.5))).toMatchObject({ deserved: 'accept', cause: 'valid' })
    const ahead = judged(exactly(700))
    expect(ahead.code).toMatchObject({ deserves: 'reject', finding: 'time/expired-accepted' })
    expect(ahead).toMatchObject({ deserved: 'reject', cause: 'time' })
    expect(ahead.world.deserves).toBe('accept')
    expect(judged(exactly(-1))).toMatchObject({ deserved: 'either', cause: 'time' })
    expect(judged({ lowUs: 0, highUs: 59 * SECOND_US }).deserved).toBe('either')
  })

  test('that nobody measured, it deserves refusal when it ended a day ago, and neither when half a day', () => {
    const unknown = { lowUs: -Infinity, highUs: Infinity }
    const ended = (hours: number) =>
      judged(unknown, { expUs: at(2 - hours * 3_600), iatUs: null }).deserved
    expect(ended(24)).toBe('reject')
    expect(ended(12.2)).toBe('reject')
    expect(ended(12.1)).toBe('either')
    expect(ended(0.5)).toBe('either')
    const ahead = (hours: number) =>
      judged(unknown, { nbfUs: at(2 + hours * 3_600), expUs: at(1e6), iatUs: null }).deserved
    expect(ahead(24)).toBe('reject')
    expect(ahead(12.1)).toBe('either')
    expect(judged(unknown).offset).toEqual(unknown)
  })

  test('it met the faults that were there until it was answered, for ever where it was not', () => {
    const place = placeOf()
    const faults = openFaults([
      {
        name: 's',
        faults: [{ fault: 'link.cut', on: 'edge', startSeconds: 3, endSeconds: 4 }],
      },
    ])
    const event = { fault: 'link.cut', on: 'edge', rung: 'proxy', forgets: 'nothing' } as const
    const inflicted = { kind: 'fault', scenario: 's', ...event, seen: null } as const
    faults.see({ ...inflicted, stage: 'inflicting', atUs: at(3) })
    const around = { place, faults }
    expect(judged(exactly(0), {}, {}, around)).toMatchObject({ phase: 'before', faultsInForce: [] })
    expect(judged(exactly(0), {}, { answer: LOST }, around)).toMatchObject({
      phase: 'transition',
      faultsInForce: ['link.cut on edge'],
    })
  })

  test('the keys of its party may be in trouble, then or a minute before', () => {
    const faults = openFaults([])
    const event = {
      fault: 'keys.remove',
      on: 'honest',
      rung: 'own-host',
      forgets: 'nothing',
    } as const
    const stages = { kind: 'fault', scenario: 's', ...event, seen: null } as const
    faults.see({ ...stages, stage: 'inflicting', atUs: at(-70) })
    faults.see({ ...stages, stage: 'mended', atUs: at(-57) })
    const deserved = (more: Partial<Asked>) =>
      judged(exactly(0), {}, more, { faults, place: placeOf() })
    expect(deserved({})).toMatchObject({ deserved: 'either', cause: 'key' })
    expect(deserved({}).world.deserves).toBe('either')
    expect(deserved({ principal: 'hostile' }).faultsInForce).toEqual([])
    const later = { begunUs: at(3.5), answeredUs: at(3.51) }
    expect(deserved(later)).toMatchObject({ deserved: 'accept' })
  })

  test('its own key may come and go with a fault, in either frame', () => {
    const place = placeOf({}, { keyState: { is: 'added', by: 'keys.add' } })
    const early = judged(exactly(0), {}, {}, { place, faults: openFaults([]) })
    expect([early.code.deserves, early.world.deserves, early.cause]).toEqual([
      'either',
      'either',
      'key',
    ])
  })

  test('how long its key had been changed is noted, and nothing where its stream is about no change', () => {
    const noted: unknown[] = []
    const keyTimes = { ...openKeyTimes(), see: (...[, since]: unknown[]) => void noted.push(since) }
    judged(exactly(0), {}, {}, { keyTimes, place: placeOf(), faults: openFaults([]) })
    const place = placeOf({}, { keyState: { is: 'added', by: 'keys.add' } })
    judged(exactly(0), {}, {}, { keyTimes, place, faults: openFaults([]) })
    expect(noted).toEqual([null, { kind: 'before' }])
  })

  test('must not be held to a change of its keys while what is published cannot be had', () => {
    const faults = openFaults([])
    const see = (fault: string, seconds: number, stage: 'inflicting' | 'confirmed') => {
      const of = { fault, on: 'honest', rung: 'own-host', forgets: 'nothing', seen: null } as const
      faults.see({ kind: 'fault', scenario: 's', ...of, stage, atUs: at(seconds) })
    }
    see('keys.add', -100, 'inflicting')
    see('keys.add', -99, 'confirmed')
    const place = placeOf({}, { keyState: { is: 'added', by: 'keys.add' } })
    const deserved = () => {
      const { code, world } = judged(exactly(0), {}, {}, { place, faults })
      return [code.deserves, world.deserves]
    }
    expect(deserved()).toEqual(['accept', 'accept'])
    see('keys.outage', -50, 'inflicting')
    expect(deserved()).toEqual(['either', 'accept'])
  })
})

test('an attempt is told by its party, its node and when it was made', () => {
  const attempt = { step: 's/r0/stream/0/c0', party: 'client-1', node: 'node-1', begunUs: at(2) }
  expect(attemptOf(drafted({ answer: REFUSED }))).toEqual({ ...attempt, answeredUs: at(2.01) })
  expect(attemptOf(drafted({ answer: LOST }))).toEqual({ ...attempt, answeredUs: Infinity })
})
