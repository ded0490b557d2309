/**
 * Lock-outs that do not show as one party's refusals in a row. Each of these servers does nothing wrong; each test says what
 * might be taken for what.
 */
import { expect, test } from 'vitest'
import type { Answer } from '../../../harness/model/history.ts'
import { copies, granted, judged, LOST, REFUSED, streamOf, whole } from './histories.ts'
import { judgingOf } from './small-scenario.ts'

interface Sent {
  readonly answer: Answer
  readonly node?: string
  /** How old its assertion is when it is sent, in seconds; it is good for a minute. */
  readonly age?: number
}

/** What obliges somebody, of fresh credentials of one party, one each second from the second on. */
function convicted(sent: readonly Sent[]): readonly string[] {
  const events = sent.flatMap(({ answer, node = 'node-1', age = 0 }, index) => {
    const at = index + 2
    const [minted] = copies(index, [{ at: at - age, answer, node }])
    const [asked] = copies(index, [{ at, answer, node }])
    const presented = minted?.presented ?? []
    return asked === undefined ? [] : [{ ...asked, presented }]
  })
  const honest = streamOf({ attack: null, copies: 1 })
  return judged(judgingOf({ streams: [honest], guards: [] }), whole(events))
    .convictions.filter(({ obliges }) => obliges)
    .map(({ caseId }) => caseId)
}

test('the stage: a refusal between two acceptances convicts', () => {
  expect(convicted([{ answer: granted() }, { answer: REFUSED }, { answer: granted() }])).toEqual([
    's/stream/1',
  ])
})

// Each node counts failures for itself, as servers do whose nodes share no more than the store. What others accept in between
// breaks the row up: the party stands or falls at each node alone.
test('one node locks a party out, and others do not', () => {
  const locked = { answer: REFUSED, node: 'node-1' }
  const welcome = (): Sent => ({ answer: granted(), node: 'node-2' })
  expect(convicted([welcome(), locked, welcome(), locked, welcome(), locked, welcome()])).toEqual(
    [],
  )
})

// Of the row only what was owed an acceptance is counted. Refusals that were owed nothing are as good a sign of a lock-out.
test('of the refusals in a row most deserve either answer', () => {
  const nearItsEnd = { answer: REFUSED, age: 59.5 }
  expect(
    convicted([
      { answer: granted() },
      nearItsEnd,
      { answer: REFUSED },
      nearItsEnd,
      { answer: granted() },
    ]),
  ).toEqual([])
})

// A reply that never came may have been a refusal, too.
test('of the answers in a row most were lost', () => {
  const lost = { answer: LOST }
  expect(
    convicted([{ answer: granted() }, lost, { answer: REFUSED }, lost, { answer: granted() }]),
  ).toEqual([])
})
