/** What a judge makes of clocks, windows and leeways in the end, and what it says of each scenario on the way. */
import { describe, expect, test } from 'vitest'
import type { HistoryEvent } from '../../../harness/model/history.ts'
import type { Gate } from '../../../harness/model/scenario.ts'
import { openJudge } from '../../../harness/oracle/judge.ts'
import {
  asked,
  copies,
  fault,
  granted,
  judged,
  judgingWith,
  presented,
  REFUSED,
  reply,
  SECOND_US,
  START_US,
  streamOf,
  truthAt,
  whole,
} from './histories.ts'
import { AFTER, BEFORE, judgingOf as checksOf, stimulus } from './one-check.ts'
import { cellOf, judgingOf } from './small-scenario.ts'

const PROFILE = 'rfc7523bis'

const RIGHT = copies(0, [
  { at: 1, answer: granted() },
  { at: 2, answer: REFUSED },
])

describe('what was observed last', () => {
  test('is judged in the end, whether or not a clock was read since', () => {
    const judge = openJudge(judgingOf(), PROFILE)
    for (const event of whole(RIGHT).slice(0, 5)) judge.see(event)
    const judgement = judge.conclude()
    expect(judgement.observed).toBe(2)
    expect(judgement.scenarios[0]).toMatchObject({ judged: 2 })
  })

  test('by clocks that nobody ever read is told to the reader', () => {
    const notes = (events: readonly HistoryEvent[]) => judged(judgingOf(), events).notes.join()
    const clockless = whole(RIGHT).filter(({ kind }) => kind !== 'clock')
    expect(notes(clockless)).toContain('No clock was measured for node-1')
    expect(notes(whole(RIGHT))).not.toContain('No clock')
  })
})

describe('a fault that moves a clock', () => {
  const clock = (stage: 'inflicting' | 'mended', at: number): HistoryEvent => ({
    ...(fault(stage, at) as Extract<HistoryEvent, { kind: 'fault' }>),
    fault: 'clock.offset',
    on: 'node-1',
  })
  const late = asked({
    step: 's/r0/stream/0/c0',
    at: 2,
    answer: granted(),
    presented: [
      presented(
        truthAt(2, {
          expUs: START_US - 900 * SECOND_US,
          iatUs: START_US - 960 * SECOND_US,
          defect: { kind: 'expired' },
        }),
      ),
    ],
  })
  const found = (...events: readonly HistoryEvent[]) =>
    judged(judgingOf({ streams: [streamOf({ copies: 1 })] }), whole(events)).convictions.map(
      ({ finding }) => finding,
    )

  test('must not be forgotten where only that clock could say that something had ended', () => {
    expect(found(late)).toEqual(['time/expired-accepted'])
    expect(found(clock('inflicting', 1), late)).toEqual([])
  })
})

test('the leeway that a target was seen to give is told in milliseconds', () => {
  // It ended at 1.5 s and was accepted at 2 s, by a clock that is 50 ms ahead or, read 40 s later, 20 ms less.
  const truth = truthAt(1, { expUs: START_US + 1.5 * SECOND_US })
  const event = asked({
    step: 's/r0/stream/0/c0',
    at: 2,
    answer: granted(),
    presented: [presented(truth)],
  })
  const { leeways } = judged(judgingOf({ streams: [streamOf({ copies: 1 })] }), whole([event]))
  expect(leeways).toEqual([{ part: 'client_assertion', party: 'client-1', seenMs: 530 }])
})

describe('the cells of a scenario', () => {
  const gate = (frame: Gate['frame']): Gate => ({
    metric: 'far',
    attack: null,
    phase: null,
    frame,
    below: 1e-3,
  })

  test('are told in the code’s frame, too, where a gate asks for that', () => {
    const cells = (...gates: readonly Gate[]) => judged(judgingOf({ gates }), whole(RIGHT))
    expect(cellOf(cells(gate('world')), 'far', 'code')).toBeUndefined()
    expect(cellOf(cells(gate('world'), gate('code')), 'far', 'code')).toEqual(
      cellOf(cells(), 'far'),
    )
  })

  test('count each window of a fault as one unit, however many seconds it lasts', () => {
    const window = (from: number): readonly HistoryEvent[] => [
      fault('inflicting', from),
      fault('confirmed', from + 0.1),
      ...[1, 2].flatMap((more) =>
        copies(10 * from + more, [{ at: from + more, answer: granted() }]),
      ),
      fault('mending', from + 4),
      fault('mended', from + 4.1),
    ]
    const planned = { fault: 'link.cut', on: 'node-2>store', startSeconds: 1, endSeconds: 2 }
    const judging = judgingOf({
      streams: [streamOf({ attack: null, copies: 1 })],
      faults: [planned],
    })
    const { cells } = judged(judging, whole([...window(2), ...window(10)]))
    const during = cells.filter(({ metric, phase }) => metric === 'frr' && phase === 'during')
    expect(during.map(({ node, unit, over }) => [node, unit, over.units])).toEqual([
      [null, 'window', 2],
      ['node-1', 'window', 2],
    ])
  })
})

test('which drawn cases failed is told of each scenario by itself', () => {
  const scenarioOf = (name: string) => {
    const [scenario] = judgingOf({ name, streams: [streamOf({ copies: 1 })] }).scenarios
    if (scenario === undefined) throw new RangeError('there is one')
    return { ...scenario, drawn: true as const }
  }
  const forged = (name: string) =>
    asked({
      step: `${name}/r0/stream/0/c0`,
      at: 1,
      answer: granted(),
      presented: [presented(truthAt(1, { jti: name, authentic: false, defect: { kind: 'bit' } }))],
    })
  const judge = openJudge(judgingWith({ scenarios: ['s', 't'].map(scenarioOf) }), PROFILE)
  for (const event of whole(['s', 't'].map(forged))) judge.see(event)
  expect(judge.soFar('s')).toMatchObject({ failing: ['s/stream/0'] })
  expect(judge.soFar('t')).toMatchObject({ failing: ['t/stream/0'] })
})

test('a history without a footer proves no form right, either', () => {
  const inForm = whole([
    BEFORE,
    stimulus(reply(401, { code: 'invalid_client', form: ['x'] })),
    AFTER,
  ])
  const [result] = judged(checksOf(), inForm).checks
  expect(result?.verdict).toBe('non-strict')
  const [cut] = judged(checksOf(), inForm.slice(0, -1)).checks
  expect(cut).toMatchObject({ verdict: 'inconclusive', because: 'the history has no footer' })
})
