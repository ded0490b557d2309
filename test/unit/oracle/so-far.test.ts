import { expect, test } from 'vitest'
import type { HistoryEvent } from '../../../harness/model/history.ts'
import type { Gate } from '../../../harness/model/scenario.ts'
import { openJudge } from '../../../harness/oracle/judge.ts'
import {
  asked,
  copies,
  granted,
  judged,
  presented,
  REFUSED,
  RUN_ID,
  streamOf,
  truthAt,
  whole,
} from './histories.ts'
import { cellOf, judgingOf } from './small-scenario.ts'

const GATE: Gate = { metric: 'far', attack: null, phase: null, frame: 'world', below: 1e-3 }
const SEQUENTIAL: Gate = { ...GATE, sequential: { good: 1e-4, alpha: 0.05, beta: 0.05 } }

const REPLAYED = whole(
  copies(0, [
    { at: 1, answer: granted() },
    { at: 2, answer: granted() },
  ]),
)

function soFar(gates: readonly Gate[], events: readonly HistoryEvent[]) {
  const judge = openJudge(judgingOf({ gates }), 'rfc7523bis')
  for (const event of events) judge.see(event)
  return { so: judge.soFar('s'), other: judge.soFar('t'), judgement: judge.conclude() }
}

test('a scenario with a sequential gate is told its cells as they stand, and they are those of the end', () => {
  const { so, other, judgement } = soFar([SEQUENTIAL], REPLAYED)
  expect(so).toMatchObject({ cells: judgement.cells })
  expect(cellOf(judgement, 'far')).toEqual({ events: 1, trials: 1, owed: 1 })
  expect(other).not.toHaveProperty('cells')
})

test('what a reading of the clocks has freed is told with them, though nothing came since', () => {
  // Without what a scenario comes to, and without the footer.
  const { so, judgement } = soFar([SEQUENTIAL], REPLAYED.slice(0, -2))
  expect(cellOf(judgement, 'far')).toEqual({ events: 1, trials: 1, owed: 1 })
  expect(so).toMatchObject({ cells: judgement.cells })
})

test('must not count cells where nothing is decided by them', () => {
  expect(soFar([GATE], REPLAYED).so).not.toHaveProperty('cells')
})

test('keys are the run’s own by how they end; any other one is told', () => {
  const [own, other] = [truthAt(1), truthAt(2, { jti: `${RUN_ID}-and-more` })]
  const events = [own, own, other, other].map((truth, index) =>
    asked({
      step: `s/r0/stream/${truth === own ? 0 : 1}/c${index % 2}`,
      at: 1 + index,
      answer: index % 2 === 0 ? granted() : REFUSED,
      presented: [presented(truth, { last: index % 2 === 1 })],
    }),
  )
  const { keys } = judged(judgingOf(), whole(events))
  expect(keys).toEqual({ ofRun: 1, others: [other.jti] })
})

test('must not take a presentation without a replay key for a key', () => {
  const truth = truthAt(1, { jti: null })
  const event = asked({
    step: 's/r0/stream/0/c0',
    at: 1,
    answer: granted(),
    presented: [presented(truth)],
  })
  expect(judged(judgingOf(), whole([event])).keys).toEqual({ ofRun: 0, others: [] })
})

test('a refusal is watched as false where nothing is wrong with what was refused', () => {
  const honest = streamOf({ attack: null, copies: 1 })
  const expired = { ...truthAt(1), defect: { kind: 'expired' } }
  const judge = openJudge(judgingOf({ streams: [honest], guards: [] }), 'rfc7523bis')
  for (const [index, truth] of [truthAt(1), expired].entries()) {
    const step = `s/r0/stream/${index}/c0`
    judge.see(
      asked({
        step,
        caseId: `s/stream/${index}`,
        at: 1,
        answer: REFUSED,
        presented: [presented(truth)],
      }),
    )
  }
  expect(judge.watched('s')).toMatchObject({ live: { judged: 2, falseRejects: 1 } })
})
