/** Second acceptances near or past their end: what becomes of them when the leeway of the whole run is known. */
import { describe, expect, test } from 'vitest'
import type { Observation } from '../../../harness/model/history.ts'
import {
  asked,
  granted,
  judged,
  presented,
  RUN_ID,
  SECOND_US,
  START_US,
  streamOf,
  targetWith,
  truthAt,
  whole,
} from './histories.ts'
import { cellOf, judgingOf, verdictOf } from './small-scenario.ts'

const STREAMS = [
  streamOf({ finding: 'replay/forgotten-before-leeway-ends' }),
  streamOf({ name: 'ended', attack: 'ended', copies: 1 }),
]
const JUDGING = judgingOf({ streams: STREAMS, guards: [] })

/** Used a second before its end at 2 s, and again `after` seconds past it, answered 10 ms later. */
function replayed(index: number, after: number): readonly Observation[] {
  const truth = truthAt(0, { jti: `used-${index}-${RUN_ID}`, expUs: START_US + 2 * SECOND_US })
  return [1, 2 + after].map((at, copy) =>
    asked({
      step: `s/r0/stream/${index}/c${copy}`,
      at,
      answer: granted(),
      presented: [presented(truth, { last: copy === 1 })],
    }),
  )
}

/** Seen for the first time, and accepted, when it had ended five seconds before. */
const LATE = asked({
  step: 's/r0/ended/0/c0',
  at: 2,
  answer: granted(),
  presented: [
    presented(
      truthAt(0, {
        jti: `fresh${RUN_ID}`,
        iatUs: START_US - 63 * SECOND_US,
        expUs: START_US - 3 * SECOND_US,
      }),
    ),
  ],
})

/** A cache answers an assertion that has ended with what it saw accepted: nothing that the target grants. */
describe('beside a first presentation that was accepted late', () => {
  const told = (path: 'direct' | 'unknown') => {
    const target = targetWith({ replay: 'single-use', path })
    const judging = judgingOf({ streams: STREAMS, guards: [] }, { target })
    return judged(judging, whole([LATE, ...replayed(0, 1)])).convictions.map(
      ({ finding, obliges }) => [finding, obliges],
    )
  }

  test('they convict where the target itself accepted that', () => {
    expect(told('direct')).toContainEqual(['replay/forgotten-before-leeway-ends', true])
  })

  test('they convict nobody where something between may have answered in its place', () => {
    expect(told('unknown')).toEqual([])
  })

  test('nor where a cache says only later that it is there', () => {
    const cached = asked({
      step: 's/r0/ended/1/c0',
      at: 20,
      answer: { ...granted(), headers: { age: '5' } },
      presented: [presented(truthAt(20, { jti: `cached${RUN_ID}` }))],
    })
    const judgement = judged(JUDGING, whole([LATE, ...replayed(0, 1), cached]))
    expect(judgement.convictions).toEqual([])
    expect(judgement.leeways).toEqual([])
  })
})

/** A server may be set up with a leeway for each of its issuers: what one is granted ends no other's memory later. */
test('beside a first presentation of another party that was accepted late, they convict nobody', () => {
  const others: Observation = {
    ...LATE,
    presented: LATE.presented.map((each) => ({
      ...each,
      truth: { ...each.truth, issuer: 'client-2', subject: 'client-2' },
    })),
  }
  const judgement = judged(JUDGING, whole([others, ...replayed(0, 1)]))
  expect(judgement.convictions).toEqual([])
  expect(judgement.leeways).toMatchObject([{ party: 'client-2' }])
})

describe('without a first presentation that was accepted late', () => {
  const judgement = judged(JUDGING, whole(replayed(0, 2)))

  test('they are false for the world alone and convict nobody', () => {
    expect(judgement.convictions).toEqual([])
    expect(verdictOf(judgement)).toBe('conforms')
    expect(cellOf(judgement, 'far')).toEqual({ events: 1, trials: 1, owed: 1 })
    expect(cellOf(judgement, 'far', 'code')).toBeUndefined()
    expect(judgement.notes.join()).toContain('1 second acceptances lie where clocks')
  })

  test('it is told what a longer leeway would make of them: counts of a cell, and convictions', () => {
    expect(judgement.leeways).toEqual([])
    // Answered at 4.01 s by a clock up to 71 ms ahead (51 read, 20 for drift) that may have swung by 41 ms, a second of
    // rounding, an end at 2 s.
    expect(judgement.late).toMatchObject([
      { needsMs: 3200, times: 1, cell: null, nodes: 'same' },
      {
        needsMs: 3200,
        times: 1,
        instead: null,
        cell: { metric: 'far', frame: 'code', attack: 'replay', phase: 'steady' },
        conviction: null,
      },
    ])
    expect(judgement.late[0]?.conviction?.finding).toBe('replay/forgotten-before-leeway-ends')
    expect(judgement.late[0]?.conviction?.witness).toHaveLength(2)
  })
})

describe('with one', () => {
  const judgement = judged(JUDGING, whole([...replayed(0, 2), LATE, ...replayed(1, 3)]))

  test('they are convicted as far as that reached, and counted in the code’s frame', () => {
    expect(judgement.convictions).toMatchObject([
      { finding: 'replay/forgotten-before-leeway-ends', caseId: 's/stream/0' },
      { finding: 'replay/forgotten-before-leeway-ends', caseId: 's/stream/1' },
    ])
    expect(judgement.times).toEqual({ 'replay/forgotten-before-leeway-ends': 2 })
    expect(verdictOf(judgement)).toBe('violates')
    expect(cellOf(judgement, 'far')).toEqual({ events: 2, trials: 2, owed: 2 })
    expect(cellOf(judgement, 'far', 'code')).toBeUndefined()
    expect(judgement.late).toEqual([])
    // It began at 2 s, five seconds after its end, by a clock at least 30 ms ahead (50 read, 20 for drift).
    expect(judgement.leeways).toEqual([
      { part: 'client_assertion', party: 'client-1', seenMs: 5030 },
    ])
    expect(judgement.notes).toEqual([])
  })

  test('those further past their end still wait', () => {
    const beyond = judged(JUDGING, whole([...replayed(0, 2), LATE, ...replayed(1, 9)]))
    expect(beyond.times).toEqual({ 'replay/forgotten-before-leeway-ends': 1 })
    expect(cellOf(beyond, 'far')).toMatchObject({ events: 2 })
    expect(cellOf(beyond, 'far', 'code')).toEqual({ events: 1, trials: 1, owed: 1 })
    expect(beyond.late.map(({ needsMs }) => needsMs)).toEqual([10_200, 10_200])
  })
})

test('thousands of them are a few counts and one witness each', () => {
  const many = Array.from({ length: 3_000 }, (_, index) => replayed(index, 2)).flat()
  const judgement = judged(JUDGING, whole([LATE, ...many]))
  expect(judgement.times).toEqual({ 'replay/forgotten-before-leeway-ends': 3_000 })
  expect(judgement.convictions).toHaveLength(1)
  expect(cellOf(judgement, 'far')).toEqual({ events: 3_000, trials: 3_000, owed: 3_000 })
})
