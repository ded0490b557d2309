/** What looks like a proof of something and is none: each was once taken for one. */
import { describe, expect, test } from 'vitest'
import type { HistoryEvent, Observation } from '../../../harness/model/history.ts'
import {
  copies,
  granted,
  judged,
  REFUSED,
  reply,
  SECOND_US,
  START_US,
  streamOf,
  whole,
} from './histories.ts'
import { judgingOf, verdictOf } from './small-scenario.ts'

const REPLAYED = copies(0, [
  { at: 1, answer: granted() },
  { at: 2, answer: granted() },
])

describe('a second acceptance', () => {
  test('leaves the scenario open where no clock was measured: it is neither convicted nor passed', () => {
    const unclocked = whole(REPLAYED).filter(({ kind }) => kind !== 'clock')
    const judgement = judged(judgingOf(), unclocked)
    expect(judgement.convictions).toEqual([])
    expect(verdictOf(judgement)).toBe('inconclusive')
    expect(judgement.scenarios[0]?.because).toContain('no clock of the target was measured')
  })

  test('convicts where one was', () => {
    expect(verdictOf(judged(judgingOf(), whole(REPLAYED)))).toBe('violates')
  })
})

describe('a race', () => {
  const guards = [{ name: 'races', counts: 'races', stream: 'stream', needed: 1 }] as const
  const race = judgingOf({ streams: [streamOf({ release: 'together' })], guards })

  test('that nobody won is no race', () => {
    const lost = copies(0, [
      { at: 1, answer: REFUSED },
      { at: 1, answer: REFUSED },
    ])
    expect(judged(race, whole(lost)).scenarios[0]?.guards[0]?.seen).toBe(0)
  })

  test('whose copies all were refused at once convicts nobody: the client sent them so', () => {
    const before = copies(7, [{ at: 0.2, answer: granted() }])
    const after = copies(8, [{ at: 5, answer: granted() }])
    const contended = copies(0, [
      { at: 1, answer: REFUSED },
      { at: 1, answer: REFUSED },
    ])
    const judgement = judged(race, whole([...before, ...contended, ...after]))
    expect(judgement.convictions.filter(({ obliges }) => obliges)).toEqual([])
  })
})

describe('a refusal', () => {
  test('that hands out a token is none', () => {
    const both = { ...REFUSED, token: 'issued-all-the-same' }
    const judgement = judged(
      judgingOf(),
      whole(
        copies(0, [
          { at: 1, answer: granted() },
          { at: 2, answer: both },
        ]),
      ),
    )
    expect(verdictOf(judgement)).toBe('inconclusive')
  })

  describe('of a first use', () => {
    const events = whole([
      ...copies(0, [{ at: 1, answer: granted() }]),
      ...copies(1, [
        { at: 2, answer: REFUSED },
        { at: 3, answer: reply(400, { code: 'invalid_client' }) },
      ]),
      ...copies(2, [{ at: 4, answer: granted() }]),
      ...copies(3, [{ at: 20, answer: granted() }]),
    ])
    /** With these headers in what was answered from that second on; clocks are read at the end, or after each answer. */
    const relayed = (headers: Readonly<Record<string, string>>, from = 0, clocked = false) =>
      events.flatMap((event): readonly HistoryEvent[] => {
        if (event.kind !== 'observed' || event.answer.kind !== 'reply') return [event]
        const { begunUs, answer } = event
        const says = (begunUs ?? 0) >= START_US + from * SECOND_US
        const told = says ? { ...event, answer: { ...answer, headers } } : event
        return clocked ? [told, ...clocksAfter(event)] : [told]
      })
    const held = (history: readonly HistoryEvent[]) =>
      judged(judgingOf(), history).convictions.filter(({ obliges }) => obliges)

    test('is held against a target that nothing stands before', () => {
      expect(held(events)).not.toEqual([])
      expect(held(relayed({ 'cache-control': 'no-store' }))).not.toEqual([])
    })

    test.each([
      ['a proxy that names itself', { via: '1.1 mesh' }],
      ['a cache', { age: '3' }],
      ['an Envoy that has asked upstream', { 'x-envoy-upstream-service-time': '4' }],
      ['an Envoy that answers by itself', { server: 'envoy' }],
    ])('must not be held against one behind %s', (_, headers) => {
      expect(held(relayed(headers))).toEqual([])
    })

    test('nor where that shows long after all was settled', () => {
      expect(held(relayed({}, 0, true))).not.toEqual([])
      expect(held(relayed({ via: '1.1 mesh' }, 19, true))).toEqual([])
    })
  })
})

function clocksAfter({ answeredUs }: Observation): readonly HistoryEvent[] {
  return ['node-1', 'node-2'].map((node) => ({
    kind: 'clock',
    node,
    source: 'hook',
    atUs: (answeredUs ?? 0) + 1,
    lowUs: 50_000,
    highUs: 51_000,
  }))
}
