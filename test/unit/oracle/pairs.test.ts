import { describe, expect, test } from 'vitest'
import type { Answer, HistoryEvent } from '../../../harness/model/history.ts'
import { BUSY, copies, fault, granted, judged, LOST, REFUSED, reply, whole } from './histories.ts'
import { judgingOf } from './small-scenario.ts'

const FAULTS = [{ fault: 'link.cut', on: 'node-2>store', startSeconds: 2, endSeconds: 4 }]

const ELSEWHERE = reply(400, { code: 'invalid_scope' })

/** Accepted before the cut, and presented again at another node while it is in force. */
function across(answers: readonly Answer[]): readonly HistoryEvent[] {
  const groups = answers.map((answer, index) =>
    copies(index, [
      { at: 1 + index / 100, answer: granted() },
      { at: 3 + index / 100, answer, node: 'node-2' },
    ]),
  )
  return [
    ...groups.flatMap(([first]) => (first === undefined ? [] : [first])),
    fault('inflicting', 2),
    fault('confirmed', 2.5),
    ...groups.flatMap(([, second]) => (second === undefined ? [] : [second])),
    fault('mending', 4),
    fault('mended', 4.5),
  ]
}

function pairsOf(events: readonly HistoryEvent[]) {
  return judged(judgingOf({ faults: FAULTS, guards: [] }), whole(events)).pairs
}

describe('replays across a fault', () => {
  test('are told by where their halves lay and what became of the second', () => {
    expect(pairsOf(across([granted(), granted(), REFUSED, BUSY, BUSY, ELSEWHERE]))).toEqual([
      {
        scenario: 's',
        attack: 'replay',
        first: 'before',
        second: 'during',
        nodes: 'other',
        accepted: 2,
        refused: 1,
        unavailable: 2,
        undecided: 1,
      },
    ])
  })

  test('are none where the first half was not accepted, or was not answered yet', () => {
    const lost = copies(0, [
      { at: 1, answer: LOST },
      { at: 2, answer: REFUSED },
    ])
    const together = copies(1, [
      { at: 1, answer: granted() },
      { at: 1.005, answer: REFUSED },
    ])
    expect(pairsOf([...lost, ...together])).toEqual([])
  })

  test('with the identical token show neither a memory nor the lack of one', () => {
    const answer = reply(200, { token: 'the-same' })
    const twice = copies(0, [
      { at: 1, answer },
      { at: 2, answer },
    ])
    expect(pairsOf(twice)).toMatchObject([{ accepted: 0, undecided: 1 }])
  })
})
