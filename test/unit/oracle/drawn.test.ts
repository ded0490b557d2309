/** Goal: a scenario whose cases are drawn is told which of them failed, and what was searched for is in no rate. */
import { describe, expect, test } from 'vitest'
import type { Answer, HistoryEvent, Observation } from '../../../harness/model/history.ts'
import type { Json } from '../../../harness/model/plan.ts'
import type { Judging } from '../../../harness/model/judging.ts'
import { counterexamples } from '../../../harness/oracle/scenarios/counterexamples.ts'
import { openJudge } from '../../../harness/oracle/judge.ts'
import { asked, granted, presented, REFUSED, streamOf, truthAt, whole } from './histories.ts'
import { cellOf, judgingOf } from './small-scenario.ts'

const STREAM = streamOf({ attack: 'unsigned', copies: 1 })
const JUDGING = drawn(judgingOf({ streams: [STREAM], guards: [] }))

/** Of a scenario `s`, one unsigned case, accepted or not. */
function unsigned(index: number, at: number, accepted: boolean, round = 0): Observation {
  const truth = truthAt(at, {
    jti: `jti-${index}`,
    authentic: false,
    algorithm: 'none',
    defect: { kind: 'algorithm-none' },
  })
  return asked({
    step: `s/r${round}/stream/${index}/c0`,
    caseId: `s/stream/${index}`,
    round,
    at,
    answer: accepted ? granted() : REFUSED,
    presented: [presented(truth)],
  })
}

const EVENTS = [
  unsigned(0, 1, false),
  unsigned(1, 2, true),
  unsigned(2, 3, true, 1),
  unsigned(3, 4, false, 1),
  unsigned(4, 5, true, 1),
]

describe('a scenario whose cases are drawn', () => {
  test('hears which cases were convicted so far', () => {
    const judge = openJudge(JUDGING, 'rfc7523bis')
    for (const event of whole(EVENTS)) judge.see(event)
    expect(Object(judge.soFar('s')).failing).toEqual(['s/stream/1', 's/stream/2', 's/stream/4'])
  })

  test('is the only one that does', () => {
    const judge = openJudge(judgingOf({ streams: [STREAM], guards: [] }), 'rfc7523bis')
    for (const event of whole(EVENTS)) judge.see(event)
    expect(judge.soFar('s')).not.toHaveProperty('failing')
  })

  test('has rates of its first round alone', () => {
    const judgement = conclude(null)
    expect(cellOf(judgement, 'far')).toEqual({ events: 1, trials: 2, owed: 2 })
    expect(judgement.convictions).toHaveLength(3)
  })

  test('is in doubt about its own draws alone: refusals that were searched for counted for nothing', () => {
    const honest = streamOf({ attack: null, copies: 1 })
    const guards = [{ name: 'owed', counts: 'owed-accepts', needed: 3 }] as const
    const judging = drawn(judgingOf({ streams: [honest], guards }))
    const answers = [granted(), REFUSED, granted(), REFUSED, REFUSED, REFUSED, granted()]
    const judge = openJudge(judging, 'rfc7523bis')
    for (const event of whole(answers.map(honestly))) judge.see(event)
    const { scenarios, convictions } = judge.conclude()
    // After the first of them the further ones may be a lock-out.
    expect(convictions.map(({ caseId }) => caseId)).toEqual(['s/stream/1', 's/stream/3'])
    expect(scenarios[0]).toMatchObject({ guards: [{ seen: 3 }], judged: 3, undecided: 0 })
  })

  test('tells the smallest counterexample first, and what it came to', () => {
    const result = { counterexamples: [{ caseId: 's/stream/4' }] }
    const { convictions, scenarios } = conclude(result)
    const cases = convictions.map(({ caseId }) => caseId)
    expect(cases).toEqual(['s/stream/4', 's/stream/1', 's/stream/2'])
    expect(scenarios[0]).toMatchObject({ verdict: 'violates', conclusion: result })
  })
})

test('a conclusion of another form names no counterexample', () => {
  const forms: readonly Json[] = [null, 7, [], {}, { counterexamples: 'all' }]
  for (const form of forms) expect(counterexamples(form)).toEqual([])
  expect(counterexamples({ counterexamples: [null, { caseId: 7 }, { caseId: 'a' }] })).toEqual([
    'a',
  ])
})

/** A right request a second; the first three were drawn. */
function honestly(answer: Answer, index: number): Observation {
  const round = index < 3 ? 0 : 1
  const truth = truthAt(index + 1, { jti: `jti-${index}` })
  return asked({
    step: `s/r${round}/stream/${index}/c0`,
    caseId: `s/stream/${index}`,
    round,
    at: index + 1,
    answer,
    presented: [presented(truth)],
  })
}

function conclude(result: Json) {
  const judge = openJudge(JUDGING, 'rfc7523bis')
  for (const event of whole(EVENTS)) judge.see(ended(event, result))
  return judge.conclude()
}

function ended(event: HistoryEvent, result: Json): HistoryEvent {
  return event.kind === 'concluded' ? { ...event, result } : event
}

function drawn(judging: Judging): Judging {
  return { ...judging, scenarios: judging.scenarios.map((each) => ({ ...each, drawn: true })) }
}
