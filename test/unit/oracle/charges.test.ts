/** What a conviction says: every sentence, section and witness of it can be checked by a stranger. */
import { describe, expect, test } from 'vitest'
import type { Answer, HistoryEvent } from '../../../harness/model/history.ts'
import type { Judging } from '../../../harness/model/judging.ts'
import type { JudgedScenario } from '../../../harness/model/judging.ts'
import {
  asked,
  copies,
  fault,
  granted,
  judged,
  presented,
  REFUSED,
  RUN_ID,
  streamOf,
  targetWith,
  truthAt,
  whole,
} from './histories.ts'
import { judgingOf } from './small-scenario.ts'

function convicted(
  events: readonly (HistoryEvent | undefined)[],
  scenario: Partial<JudgedScenario> = {},
  rest: Partial<Judging> = {},
) {
  const known = events.filter((event) => event !== undefined)
  return judged(judgingOf(scenario, rest), whole(known)).convictions
}

const CASE = 's/stream/1'
const steps = (witness: readonly { readonly step: string }[]) => witness.map(({ step }) => step)
/** A party that is accepted before and after what is sent between 2 and 30 s. */
const around = (events: readonly HistoryEvent[]) => [
  ...copies(0, [{ at: 0.5, answer: granted() }]),
  ...events,
  ...copies(9, [{ at: 35, answer: granted() }]),
]

describe('a wrong assertion that was accepted', () => {
  const foreign = truthAt(1, {
    defect: { kind: 'audience', form: 'foreign' },
    audience: 'https://x.example',
  })
  const event = asked({
    step: 's/r0/stream/1/c0',
    at: 1,
    answer: granted(),
    presented: [presented(foreign)],
  })
  test('is told with what was wrong, where that stands, and itself as the witness', () => {
    const [only, ...others] = convicted([event])
    expect(others).toEqual([])
    expect(only).toMatchObject({
      finding: 'audience/foreign-accepted',
      obliges: true,
      obligation: 'profile',
      scenario: 's',
      caseId: CASE,
      check: null,
      spec: [expect.stringContaining('§')],
    })
    expect(only?.because).toMatch(
      /^node-1 accepted a client assertion at 1010[.]0 ms, though .+[.]$/,
    )
    expect(steps(only?.witness ?? [])).toEqual(['s/r0/stream/1/c0'])
  })
  test('must not convict while it may have been in time', () => {
    // An assertion lives for a minute here.
    const late = (seconds: number) =>
      convicted([
        asked({
          step: 's/r0/stream/1/c0',
          at: 5,
          answer: granted(),
          presented: [presented(truthAt(5 - 60 - seconds))],
        }),
      ]).map(({ finding }) => finding)
    expect(late(1)).toEqual([])
    expect(late(86_400)).toEqual(['time/expired-accepted'])
  })
})

describe('a second acceptance', () => {
  const twice = (first: number, second: number, answer: () => Answer = granted) =>
    copies(1, [
      { at: first, answer: answer() },
      { at: second, answer: answer() },
    ])
  test('is told with both, in words that say how far from its end it was', () => {
    const [only] = convicted(twice(1, 2))
    expect(only?.because).toBe(
      'node-1 accepted a client assertion at 1010.0 ms and node-1 accepted it again at 2010.0 ms, 59.0 s before it ended; no fault was in force, and its own declaration promises single use.',
    )
    expect(only).toMatchObject({
      finding: 'replay/accepted-sequentially',
      obligation: 'declared',
      spec: ['RFC 7523 §3 item 7'],
    })
    expect(steps(only?.witness ?? [])).toEqual(['s/r0/stream/1/c0', 's/r0/stream/1/c1'])
  })
  test('at once says so', () => {
    const [only] = convicted(twice(1, 1.005))
    expect(only?.finding).toBe('replay/accepted-concurrently')
    expect(only?.because).toContain('again at 1015.0 ms, both at once, 60.0 s before it ended')
  })
  test('must not be laid to a store that was out of reach where no fault was in force', () => {
    const stream = streamOf({ findingAmidFault: 'replay/fails-open' })
    const [before, during] = twice(1, 3)
    const events = [before, fault('inflicting', 2), fault('confirmed', 2.5), during]
    expect(convicted([...events, fault('mended', 6)], { streams: [stream] })).toMatchObject([
      { finding: 'replay/accepted-during-fault' },
    ])
  })
  test('with the very same token is told, and held against nobody', () => {
    const same = granted()
    expect(convicted(twice(1, 2, () => same))).toEqual([
      {
        finding: 'replay/same-token-returned',
        obliges: false,
        obligation: 'derived',
        scenario: 's',
        caseId: CASE,
        check: null,
        because:
          'node-1 gave out at 2010.0 ms the very token that it had given for the same assertion before.',
        spec: ['RFC 7523 §3 item 7'],
        witness: [expect.anything(), expect.anything()],
      },
    ])
  })
})

describe('a right assertion that was refused', () => {
  const honest = { streams: [streamOf({ attack: null, copies: 1 })] }
  const refused = (more: object = {}) => copies(1, [{ at: 10, answer: REFUSED, ...more }])
  test('is told with what came before, and with its party’s acceptances around it', () => {
    const [only, ...others] = convicted(around(refused()), honest)
    expect(others).toEqual([])
    expect(only).toMatchObject({
      finding: 'refusal/valid-refused',
      obliges: true,
      obligation: 'derived',
      caseId: CASE,
      spec: ['RFC 7523 §3'],
    })
    expect(only?.because).toMatch(
      /^node-1 refused \(401 invalid_client\).* a client assertion that nothing came before, though nothing about it was wrong and 'honest' was accepted next before and next after; no fault was in force[.]$/,
    )
    expect(steps(only?.witness ?? [])).toEqual(['s/r0/stream/1/c0'])
  })
  test('after a forged copy says so, and shows the forgery first', () => {
    const truth = truthAt(2, { jti: `jti-1-${RUN_ID}` })
    const forged = { ...truth, authentic: false, defect: { kind: 'signature-bit' } as const }
    const events = [forged, truth].map((each, copy) =>
      asked({
        step: `s/r0/stream/1/c${copy}`,
        at: 2 + 2 * copy,
        answer: REFUSED,
        presented: [presented(each, { last: copy === 1 })],
      }),
    )
    // An acceptance between the two: without it a lock-out would look the same, and excuses the refusal.
    expect(convicted(around(events))).toEqual([])
    const between = copies(5, [{ at: 3, answer: granted() }])
    const [only] = convicted(around([...events, ...between]))
    expect(only?.finding).toBe('replay/burned-by-forgery')
    expect(only?.because).toContain('that only a forged copy came before')
    expect(steps(only?.witness ?? [])).toEqual(['s/r0/stream/1/c0', 's/r0/stream/1/c1'])
  })
  test('after a wrong one of its own issuer is told of both, and held against nobody', () => {
    const truth = truthAt(2, { jti: `jti-1-${RUN_ID}` })
    const wrong = {
      ...truth,
      audience: 'https://x.example',
      defect: { kind: 'audience', form: 'foreign' } as const,
    }
    const events = [wrong, truth].map((each, copy) =>
      asked({
        step: `s/r0/stream/1/c${copy}`,
        at: 2 + 2 * copy,
        answer: REFUSED,
        presented: [presented(each, { last: copy === 1 })],
      }),
    )
    const [only, ...others] = convicted(around(events))
    expect(others).toEqual([])
    expect(only).toMatchObject({
      finding: 'replay/spent-by-refusal',
      obliges: false,
      obligation: 'derived',
      spec: ['RFC 7519 §4.1.7'],
    })
    expect(only?.because).toMatch(
      /^node-1 refused \(401 invalid_client\).* a right client assertion after it had refused a wrong one of the same issuer under the same identifier, for .+[.]$/,
    )
    expect(steps(only?.witness ?? [])).toEqual(['s/r0/stream/1/c0', 's/r0/stream/1/c1'])
  })
  test('under a new key must not be held against a target behind something that may repeat requests', () => {
    const keys = (stage: 'inflicting' | 'confirmed', at: number): HistoryEvent => ({
      ...(fault(stage, at) as Extract<HistoryEvent, { kind: 'fault' }>),
      fault: 'keys.add',
      on: 'honest',
    })
    const scenario = {
      streams: [streamOf({ copies: 1, keyState: { is: 'added', by: 'keys.add' } })],
      faults: [{ fault: 'keys.add', on: 'honest', startSeconds: 2, endSeconds: 30 }],
    }
    const blamed = (path: 'direct' | 'unknown') => {
      const promising = targetWith({ replay: 'single-use', path })
      const declares = {
        ...promising.declares,
        propagationSeconds: { newKey: 3, removedKey: 4 },
      }
      const events = around([keys('inflicting', 2), keys('confirmed', 2.1), ...refused()])
      return convicted(events, scenario, { target: { ...promising, declares } }).map(
        ({ finding, obliges }) => [finding, obliges],
      )
    }
    expect(blamed('direct')).toEqual([['keys/new-key-refused', true]])
    expect(blamed('unknown')).toEqual([['replay/refused-once-presented', false]])
  })
})
