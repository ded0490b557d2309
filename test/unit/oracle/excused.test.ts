/** What looks like a proof of something and is none: each was once taken for one. */
import { describe, expect, test } from 'vitest'
import type { HistoryEvent } from '../../../harness/model/history.ts'
import { copies, granted, judged, REFUSED, reply, streamOf, whole } from './histories.ts'
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

  test('of a first use behind a proxy that names itself is not held against the target', () => {
    const via = (events: readonly HistoryEvent[]) =>
      events.map((event) =>
        event.kind === 'observed' && event.answer.kind === 'reply'
          ? { ...event, answer: { ...event.answer, headers: { via: '1.1 mesh' } } }
          : event,
      )
    const events = whole([
      ...copies(0, [{ at: 1, answer: granted() }]),
      ...copies(1, [
        { at: 2, answer: REFUSED },
        { at: 3, answer: reply(400, { code: 'invalid_client' }) },
      ]),
      ...copies(2, [{ at: 4, answer: granted() }]),
    ])
    const direct = judged(judgingOf(), events)
    expect(direct.convictions.filter(({ obliges }) => obliges)).not.toEqual([])
    const relayed = judged(judgingOf(), via(events))
    expect(relayed.convictions.filter(({ obliges }) => obliges)).toEqual([])
  })
})
