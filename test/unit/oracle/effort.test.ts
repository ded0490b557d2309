/** What the harness did badly leaves a scenario without a verdict, unless the target is convicted all the same. */
import { describe, expect, test } from 'vitest'
import type { HistoryEvent } from '../../../harness/model/history.ts'
import type { JudgedScenario } from '../../../harness/model/judging.ts'
import { openJudge } from '../../../harness/oracle/judge.ts'
import { copies, granted, judged, REFUSED, START_US, streamOf, whole } from './histories.ts'
import { judgingOf, verdictOf } from './small-scenario.ts'

function measured(name: string, value: number, scenario = 's'): HistoryEvent {
  return {
    kind: 'measured',
    name: `generator/${name}`,
    scenario,
    node: null,
    value,
    atUs: START_US,
  }
}

const honest = streamOf({ attack: null, copies: 1 })
const fine = [0, 1, 2].flatMap((index) => copies(index, [{ at: index + 1, answer: granted() }]))
const judge = (events: readonly HistoryEvent[], more: Partial<JudgedScenario> = {}) =>
  judged(
    judgingOf({
      streams: [honest],
      guards: [],
      tolerates: { dueToBegunP99Ms: 20, dropped: 1 },
      ...more,
    }),
    whole(events),
  )

describe('a harness that did its part', () => {
  test('as well as the scenario tolerates leaves the verdict alone', () => {
    const events = [...fine, measured('due-to-begun-p99-ms', 20), measured('dropped', 1)]
    expect(verdictOf(judge(events))).toBe('conforms')
  })

  test.each<[string, readonly HistoryEvent[], string]>([
    ['late', [measured('due-to-begun-p99-ms', 20.5), measured('dropped', 0)], '20.5 ms'],
    [
      'late in one round of two',
      [measured('due-to-begun-p99-ms', 999), measured('due-to-begun-p99-ms', 1)],
      '999 ms',
    ],
    [
      'not at all, twice over the rounds',
      [measured('dropped', 1), measured('dropped', 1)],
      '2 requests were never sent',
    ],
    ['nobody knows how', [], 'was not measured'],
    [
      'well in another scenario only',
      [measured('due-to-begun-p99-ms', 1, 'other')],
      'was not measured',
    ],
  ])('%s makes it inconclusive', (_how, events, why) => {
    const [scenario] = judge([...fine, ...events]).scenarios
    expect(scenario?.verdict).toBe('inconclusive')
    expect(scenario?.because).toContain(why)
  })

  test('badly is no matter where the scenario says nothing of it', () => {
    const { tolerates: _, ...silent } =
      judgingOf({ streams: [honest], guards: [] }).scenarios[0] ?? {}
    const events = whole([...fine, measured('due-to-begun-p99-ms', 9_999)])
    expect(verdictOf(judged(judgingOf(silent), events))).toBe('conforms')
  })

  test('badly excuses no target: a conviction stands however late it was asked', () => {
    const refused = [
      ...fine.slice(0, 1),
      ...copies(1, [{ at: 2, answer: REFUSED }]),
      ...fine.slice(2),
    ]
    const judgement = judge([...refused, measured('due-to-begun-p99-ms', 9_999)])
    expect(verdictOf(judgement)).toBe('violates')
  })
})

describe('an experiment', () => {
  test('is shown what was measured last, and whether anything convicted so far', () => {
    const judging = judgingOf({ streams: [honest], guards: [] })
    const sitting = openJudge(judging, judging.asked[0] ?? '')
    for (const event of [
      measured('dropped', 3),
      measured('dropped', 5),
      measured('dropped', 7, 'x'),
    ])
      sitting.see(event)
    expect(sitting.soFar('s')).toMatchObject({
      measured: { 'generator/dropped': 5 },
      violated: false,
    })
  })

  test('that says what it came to is told with the verdict', () => {
    const events = whole(fine).map((event): HistoryEvent =>
      event.kind === 'concluded' ? { ...event, result: { says: 'right up to 5/s' } } : event,
    )
    const [scenario] = judge([
      ...events.slice(1, -2),
      measured('dropped', 0),
      measured('due-to-begun-p99-ms', 0),
    ]).scenarios
    expect(scenario?.verdict).toBe('conforms')
    const told = judged(judgingOf({ streams: [honest], guards: [] }), events).scenarios[0]
    expect(told?.because).toBe('It is. It was right up to 5/s.')
  })
})
