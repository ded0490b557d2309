import { describe, expect, test } from 'vitest'
import { openPairs } from '../../../harness/oracle/counts/pairs.ts'
import type { DoubleAccept } from '../../../harness/oracle/replay/use.ts'
import type { Exhibit } from '../../../harness/oracle/sighting.ts'
import type { Answer, HistoryEvent } from '../../../harness/model/history.ts'
import { exhibit, FOREIGN, VALID } from './exhibits.ts'
import {
  BUSY,
  copies,
  fault,
  granted,
  judged,
  LOST,
  REFUSED,
  reply,
  streamOf,
  whole,
} from './histories.ts'
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

describe('the second half of a pair', () => {
  const place = { index: 3, scenario: { name: 's' }, stream: streamOf() } as never
  /** Accepted first at 1 s, answered 10 ms later; what came again after it. */
  const counted = (again: readonly Partial<Exhibit>[], doubled: readonly number[] = []) => {
    const pairs = openPairs()
    const first = exhibit(1)
    const others = again.map((more, index) => exhibit(2 + index, more))
    const doubles = doubled.map((at) => ({ first, second: others[at] }) as DoubleAccept<Exhibit>)
    const group = {
      key: 'key',
      uses: [],
      phantom: null,
      undecided: [],
      sameToken: [],
      accepted: [first],
      doubles,
    }
    pairs.see({ sightings: [first, ...others], group, place })
    return pairs.conclude()
  }
  const rejected = { outcome: 'rejected' } as const

  test('counts by what became of it', () => {
    const outcomes = [
      'accepted',
      'rejected',
      'failed',
      'elsewhere',
      'challenged',
      'unanswered',
      'unsent',
    ] as const
    expect(
      counted(
        outcomes.map((outcome) => ({ outcome })),
        [0],
      ),
    ).toMatchObject([{ accepted: 1, refused: 1, unavailable: 1, undecided: 4 }])
    // Of two that were accepted one was no second issuance.
    expect(counted([{}, {}], [1])).toMatchObject([{ accepted: 1, undecided: 1 }])
  })

  test('must have deserved an acceptance but for that, and been sent after the answer to the first', () => {
    const answeredUs = exhibit(1).answeredUs ?? 0
    expect(counted([{ ...rejected, code: FOREIGN }])).toEqual([])
    expect(counted([{ ...rejected, code: { ...VALID, deserves: 'either' } }])).toEqual([])
    expect(counted([{ ...rejected, begunUs: null }])).toEqual([])
    expect(counted([{ ...rejected, begunUs: answeredUs }])).toEqual([])
    expect(counted([{ ...rejected, begunUs: answeredUs + 1 }])).toHaveLength(1)
  })

  test('is told apart by its phase and by whether it went to another node', () => {
    const told = counted([
      rejected,
      { ...rejected, phase: 'during' },
      { ...rejected, node: 'node-2' },
      { ...rejected, phase: 'during', node: 'node-2' },
      { ...rejected, phase: 'during' },
    ])
    expect(
      told.map(({ first, second, nodes, refused }) => [first, second, nodes, refused]),
    ).toEqual([
      ['steady', 'steady', 'same', 1],
      ['steady', 'during', 'same', 2],
      ['steady', 'steady', 'other', 1],
      ['steady', 'during', 'other', 1],
    ])
  })
})
