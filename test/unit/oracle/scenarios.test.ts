import { describe, expect, test } from 'vitest'
import type { Answer, HistoryEvent } from '../../../harness/model/history.ts'
import type { Judging } from '../../../harness/model/judging.ts'
import type { Guard } from '../../../harness/model/scenario.ts'
import type { Judgement } from '../../../harness/model/verdict.ts'
import {
  asked,
  BUSY,
  copies,
  fault,
  granted,
  judged,
  LOST,
  presented,
  REFUSED,
  SECOND_US,
  START_US,
  streamOf,
  targetWith,
  truthAt,
  whole,
} from './histories.ts'
import { cellOf, judgingOf, PAIRS, verdictOf } from './small-scenario.ts'

describe('an honest refusal', () => {
  const honest = streamOf({ attack: null, copies: 1 })
  const single = (index: number, at: number, answer: Answer) => copies(index, [{ at, answer }])
  const judge = (events: readonly HistoryEvent[], rest: Partial<Judging> = {}): Judgement =>
    judged(judgingOf({ streams: [honest], guards: [] }, rest), whole(events))

  test('convicts between two acceptances of the same party', () => {
    const judgement = judge([
      ...single(0, 1, granted()),
      ...single(1, 2, REFUSED),
      ...single(2, 3, granted()),
    ])
    expect(judgement.convictions).toMatchObject([
      { finding: 'refusal/valid-refused', obliges: true },
    ])
    expect(cellOf(judgement, 'frr')).toEqual({ events: 1, trials: 3, owed: 3 })
  })

  test('stays undecided where the party was never accepted again', () => {
    const judgement = judge([...single(0, 1, granted()), ...single(1, 2, REFUSED)])
    expect(judgement.convictions).toEqual([])
    expect(cellOf(judgement, 'frr')).toEqual({ events: 0, trials: 1, owed: 2 })
    expect(verdictOf(judgement)).toBe('inconclusive')
  })

  test('obliges nobody where something between may have repeated the request', () => {
    const events = [
      ...single(0, 1, granted()),
      ...single(1, 2, REFUSED),
      ...single(2, 3, granted()),
    ]
    const judgement = judge(events, { target: targetWith({ path: 'unknown' }) })
    expect(judgement.convictions).toMatchObject([
      { finding: 'replay/refused-once-presented', obliges: false },
    ])
    expect(verdictOf(judgement)).toBe('conforms')
  })

  test('is excused by a clock that turns out to have run ahead, and false for the world', () => {
    const ahead: HistoryEvent = {
      kind: 'clock',
      node: 'node-1',
      source: 'hook',
      atUs: START_US + 2.5 * SECOND_US,
      lowUs: 90 * SECOND_US,
      highUs: 91 * SECOND_US,
    }
    const judgement = judge([
      ...single(0, 1, granted()),
      ...single(1, 2, REFUSED),
      ahead,
      ...single(2, 3, granted()),
    ])
    expect(judgement.convictions).toEqual([])
    expect(cellOf(judgement, 'frr')).toEqual({ events: 1, trials: 3, owed: 3 })
    expect(cellOf(judgement, 'frr', 'code')).toBeUndefined()
  })

  test('is unavailability when it is a 503, and no evidence of anything else', () => {
    const judgement = judge([...single(0, 1, granted()), ...single(1, 2, BUSY)])
    expect(cellOf(judgement, 'unavailability')).toEqual({ events: 1, trials: 2, owed: 2 })
    expect(cellOf(judgement, 'frr')).toEqual({ events: 0, trials: 1, owed: 2 })
    expect(judgement.scenarios[0]).toMatchObject({ verdict: 'conforms', undecided: 0 })
  })

  test('over a connection that had gone stale is no unavailability, and may have used the key', () => {
    const stale: Answer = { kind: 'none', cause: 'stale-connection' }
    const judgement = judge([...single(0, 1, granted()), ...single(1, 2, stale)])
    expect(cellOf(judgement, 'unavailability')).toEqual({ events: 0, trials: 1, owed: 2 })
    expect(cellOf(judgement, 'frr')).toEqual({ events: 0, trials: 1, owed: 2 })
    const twice = copies(2, [
      { at: 3, answer: stale },
      { at: 4, answer: REFUSED },
    ])
    const again = judge([...single(0, 1, granted()), ...twice, ...single(3, 5, granted())])
    expect(again.convictions).toEqual([])
    expect(again.scenarios[0]?.undecided).toBe(2)
  })

  test('after a forged copy of its jti has a name of its own', () => {
    const truth = truthAt(2, { jti: 'shared' })
    const forged = { ...truth, authentic: false, defect: { kind: 'signature-bit' } }
    const judgement = judge([
      ...single(0, 1, granted()),
      asked({
        step: 's/r0/stream/9/c0',
        at: 2,
        answer: REFUSED,
        presented: [presented(forged, { last: false })],
      }),
      ...single(1, 2.5, granted()),
      asked({ step: 's/r0/stream/9/c1', at: 3, answer: REFUSED, presented: [presented(truth)] }),
      ...single(2, 4, granted()),
    ])
    expect(judgement.convictions).toMatchObject([
      { finding: 'replay/burned-by-forgery', obliges: true },
    ])
  })
})

describe('a race', () => {
  const stream = streamOf({ copies: 3, release: 'together' })
  const race = (index: number, answers: readonly Answer[]) =>
    copies(
      index,
      answers.map((answer, copy) => ({ at: index * 10 + 1 + copy / 1_000, answer })),
    )
  const guards: readonly Guard[] = [{ name: 'races', counts: 'races', needed: 2 }]

  test('is one trial, however many copies it has, and its answers come in any order', () => {
    const events = [
      ...race(0, [granted(), REFUSED, REFUSED]).toReversed(),
      ...race(1, [granted(), granted(), granted()]).toReversed(),
      ...race(2, [granted(), REFUSED, LOST]),
    ]
    const judgement = judged(
      judgingOf({ streams: [stream], guards, maxUndecided: 1 }),
      whole(events),
    )
    expect(cellOf(judgement, 'far')).toEqual({ events: 1, trials: 2, owed: 3 })
    expect(judgement.convictions.map(({ finding }) => finding)).toEqual([
      'replay/accepted-concurrently',
      'replay/accepted-concurrently',
    ])
    expect(judgement.scenarios[0]?.guards[0]?.seen).toBe(3)
  })

  test('counts for nothing when an answer came before its release', () => {
    const [first, ...rest] = race(0, [granted(), REFUSED, REFUSED])
    if (first?.kind !== 'observed') throw new RangeError('no first')
    const early = { ...first, releasedUs: (first.answeredUs ?? 0) + 1 }
    const judgement = judged(judgingOf({ streams: [stream], guards }), whole([early, ...rest]))
    expect(judgement.scenarios[0]?.guards[0]?.seen).toBe(0)
  })
})

describe('phases', () => {
  const faults = [{ fault: 'link.cut', on: 'node-2>store', startSeconds: 2, endSeconds: 4 }]
  const across: Guard = { ...PAIRS, first: 'before', second: 'during', nodes: 'other' }
  const events = (second: Answer): readonly HistoryEvent[] => [
    ...copies(0, [{ at: 1, answer: granted() }]),
    fault('inflicting', 2),
    fault('confirmed', 2.5),
    ...copies(0, [
      { at: 1, answer: granted() },
      { at: 3, answer: second, node: 'node-2' },
    ]).slice(1),
    fault('mending', 4),
    fault('mended', 4.5),
  ]

  test('a replay across the cut is a pair, and so is one that met a server’s own trouble', () => {
    for (const answer of [REFUSED, BUSY]) {
      const judgement = judged(judgingOf({ faults, guards: [across] }), whole(events(answer)))
      expect(judgement.scenarios[0]?.guards).toEqual([
        { name: 'pairs', needed: 1, seen: 1 },
        { name: 'link.cut on node-2>store: seen in force, and seen mended', needed: 1, seen: 1 },
      ])
      expect(verdictOf(judgement)).toBe('conforms')
    }
  })

  test('an acceptance amid a fault is named so', () => {
    const [found] = judged(judgingOf({ faults }), whole(events(granted()))).convictions
    expect(found).toMatchObject({ finding: 'replay/accepted-during-fault', obliges: true })
    expect(found?.because).toContain('in force: link.cut on node-2>store')
  })

  test('a fault that nobody saw in force proves nothing', () => {
    const unseen = events(REFUSED).filter(
      (event) => event.kind !== 'fault' || event.stage !== 'confirmed',
    )
    expect(verdictOf(judged(judgingOf({ faults, guards: [] }), whole(unseen)))).toBe('inconclusive')
  })
})

test('what a target cannot do is unsupported, never passed', () => {
  const judgement = judged(judgingOf({ unsupported: 'needs 2 nodes' }), whole([]))
  expect(judgement.scenarios[0]).toMatchObject({ verdict: 'unsupported', because: 'needs 2 nodes' })
})

describe('a scenario of replays that nothing forbids', () => {
  const events = (second: Answer): readonly HistoryEvent[] =>
    copies(0, [
      { at: 1, answer: granted() },
      { at: 2, answer: second },
    ])
  const told = (second: Answer, replay: 'single-use' | 'not-promised') => {
    const judgement = judged(
      judgingOf({}, { target: targetWith({ replay }) }),
      whole(events(second)),
    )
    const { verdict, because, unpromised } = judgement.scenarios[0] ?? {}
    return { verdict, because, unpromised }
  }

  test('says that they were accepted, and not that they were remembered', () => {
    expect(told(granted(), 'not-promised')).toEqual({
      verdict: 'conforms',
      because:
        'Nothing promises that an assertion is good for one use only. Second acceptances: 1.',
      unpromised: 1,
    })
  })

  test('says what it means where they were refused, or are forbidden', () => {
    expect(told(REFUSED, 'not-promised')).toMatchObject({ verdict: 'conforms', because: 'It is.' })
    expect(told(granted(), 'single-use')).toMatchObject({
      verdict: 'violates',
      because: 'It is not.',
    })
  })
})
