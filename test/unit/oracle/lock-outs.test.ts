/** When a lock-out may explain a refusal: after a failure since when nobody was accepted, at one node or at all of them. */
import { describe, expect, test } from 'vitest'
import { openLockOuts, type Attempt } from '../../../harness/oracle/refusals/lock-outs.ts'

interface At {
  readonly node?: string | null
  readonly party?: string
  /** From when to when; a second later where it is not said. */
  readonly until?: number
}

type Told = readonly ['accepted' | 'failed' | 'turnedAway', number, At?]

const NODES = ['node-1', 'node-2', 'node-3']

function attempt(at: number, { node = 'node-1', party = 'a', until = at + 1 }: At = {}): Attempt {
  return { step: `${at} ${party} ${node}`, party, node, begunUs: at, answeredUs: until }
}

/** Whether a refusal at 10, amid what else is told, may have been a lock-out. */
function explained(
  told: readonly Told[],
  { nodes = NODES, ...at }: At & { nodes?: string[] } = {},
) {
  const lockOuts = openLockOuts(nodes)
  const refusal = attempt(10, at)
  lockOuts.failed(refusal)
  lockOuts.turnedAway(refusal)
  lockOuts.mayAsk(refusal)
  for (const [what, when, more] of told) lockOuts[what](attempt(when, more))
  return lockOuts.mayExplain(refusal)
}

describe('a refusal', () => {
  test('that nothing failed before is explained by no lock-out', () => {
    expect(explained([])).toBe(false)
    expect(explained([['failed', 12]])).toBe(false)
  })

  test('after one failure may be, and no longer once somebody of the party was accepted in between', () => {
    expect(explained([['failed', 4]])).toBe(true)
    const since = (accepted: Told): boolean => explained([['failed', 4], accepted])
    expect(since(['accepted', 7])).toBe(false)
    expect(since(['accepted', 2])).toBe(true)
    expect(since(['accepted', 7, { party: 'b' }])).toBe(true)
  })

  test('is not cleared by an acceptance that overlaps either', () => {
    const since = (from: number, until: number): boolean =>
      explained([
        ['failed', 4],
        ['accepted', from, { until }],
      ])
    expect(since(5, 7)).toBe(true)
    expect(since(7, 10)).toBe(true)
    expect(since(6, 9)).toBe(false)
  })

  test('may be of a lock-out at its own node, whatever others accept', () => {
    const other = { node: 'node-2' }
    expect(
      explained([
        ['failed', 4],
        ['accepted', 7, other],
      ]),
    ).toBe(true)
    expect(
      explained([
        ['failed', 4, other],
        ['accepted', 7],
      ]),
    ).toBe(false)
  })

  test('of a target with two nodes may be of a lock-out at its own, too', () => {
    const other = { node: 'node-2' }
    const told: Told[] = [
      ['failed', 4],
      ['accepted', 7, other],
    ]
    expect(explained(told, { nodes: ['node-1', 'node-2'] })).toBe(true)
  })

  test('of a target with one node is cleared wherever that was said to be', () => {
    const told: Told[] = [
      ['failed', 4],
      ['accepted', 7, { node: null }],
    ]
    expect(explained(told, { nodes: ['node-1'] })).toBe(false)
    expect(explained(told, { nodes: ['node-1'], node: null })).toBe(false)
  })

  test('of one request is one failure, whatever else that carried in the same name', () => {
    const lockOuts = openLockOuts(NODES)
    for (let credential = 0; credential < 2; credential++) {
      lockOuts.failed(attempt(10))
      lockOuts.turnedAway(attempt(10))
    }
    expect(lockOuts.mayExplain(attempt(10))).toBe(false)
    lockOuts.failed({ ...attempt(10), step: 'another' })
    expect(lockOuts.mayExplain(attempt(10))).toBe(true)
  })

  test('may be of a lock-out everywhere, whichever node saw the failure', () => {
    expect(explained([['failed', 4, { node: 'node-2' }]])).toBe(true)
  })

  test('at a node that is not known may be of one at any', () => {
    const told: Told[] = [
      ['failed', 4, { node: 'node-2' }],
      ['accepted', 7, { node: 'node-3' }],
    ]
    expect(explained(told, { node: null })).toBe(true)
    expect(explained(told)).toBe(false)
    expect(explained(told, { nodes: ['node-1'] })).toBe(false)
  })

  test('is cleared by nobody who was accepted nobody knows where, and may have failed there', () => {
    const nowhere = { node: null }
    expect(
      explained([
        ['failed', 4],
        ['accepted', 7, nowhere],
      ]),
    ).toBe(true)
    expect(
      explained([
        ['failed', 4, nowhere],
        ['accepted', 7, { node: 'node-2' }],
      ]),
    ).toBe(true)
  })

  test('may be explained by what was never answered, however long ago that was sent', () => {
    expect(
      explained([
        ['failed', 1, { until: Infinity }],
        ['accepted', 7],
      ]),
    ).toBe(true)
    expect(explained([['failed', 11, { until: Infinity }]])).toBe(true)
    expect(explained([['failed', 12, { until: Infinity }]])).toBe(false)
  })

  test('may be explained by what began as it was answered: which of them was first nobody knows', () => {
    expect(explained([['failed', 11]])).toBe(true)
    expect(explained([['failed', 11.5]])).toBe(false)
  })

  test('is cleared by what was accepted right before it, however many are accepted since', () => {
    const lockOuts = openLockOuts(NODES, 100, { disorderUs: 10, spare: 4, marksMost: 10 })
    lockOuts.failed(attempt(2))
    lockOuts.accepted(attempt(5))
    lockOuts.failed(attempt(10))
    lockOuts.mayAsk(attempt(10))
    // The latest of those let go, which would be all that is kept of them.
    lockOuts.accepted(attempt(13))
    for (let at = 20; at < 100; at += 3) lockOuts.accepted(attempt(at))
    expect(lockOuts.mayExplain(attempt(10))).toBe(false)
  })

  test('in a row with others at its node is explained by what nobody saw', () => {
    const elsewhere = { node: 'node-2' }
    const row: Told[] = [
      ['accepted', 8, elsewhere],
      ['accepted', 12, elsewhere],
      ['turnedAway', 14],
    ]
    expect(explained(row)).toBe(true)
    expect(explained([...row, ['accepted', 13, { until: 13.5 }]])).toBe(false)
    expect(explained([...row.slice(0, 2), ['turnedAway', 14, elsewhere]])).toBe(false)
  })
})

describe('a refusal after the failure of another party', () => {
  const SECOND = 1e6
  const other = { party: 'b' }
  /** Times in seconds around that of the refusal, which takes a microsecond; the last is when anybody is accepted again. */
  const silence = (before: number, after: number, ...more: Told[]): boolean =>
    explained([
      ['failed', 10 - 0.2 * SECOND, other],
      ['accepted', 10 - before * SECOND, { party: 'c' }],
      ['accepted', 10 + after * SECOND, other],
      ...more,
    ])

  test('may be of a lock-out of all who ask from here, where nobody was accepted for a second', () => {
    expect(silence(0.5, 0.5)).toBe(true)
    expect(silence(0.5, 0.4)).toBe(false)
    expect(silence(Infinity, Infinity)).toBe(true)
  })

  test('is explained by none that any party was accepted in', () => {
    expect(silence(0.5, 0.5, ['accepted', 5, { party: 'd' }])).toBe(false)
    expect(silence(0.5, 0.5, ['accepted', 5, { party: 'd', node: 'node-2' }])).toBe(true)
  })

  test('may be of one of a second, and of none that is a microsecond shorter', () => {
    const around = (answered: number): boolean =>
      explained([
        ['failed', 10 - 0.2 * SECOND, other],
        ['accepted', 10 - 0.5 * SECOND, { party: 'c' }],
        ['accepted', answered - 1, other],
      ])
    expect(around(10 + 0.5 * SECOND)).toBe(true)
    expect(around(10 + 0.5 * SECOND - 1)).toBe(false)
  })

  test('is explained by none without a failure', () => {
    expect(explained([['accepted', 10 + SECOND, other]])).toBe(false)
    expect(explained([['failed', 12, other]])).toBe(false)
  })

  test('amid a lost store is explained by what deserved its refusal, not by what was refused for the same loss', () => {
    const follows = (...told: Told[]): boolean => {
      const lockOuts = openLockOuts(NODES)
      const refusal = attempt(10)
      for (const [what, when, more] of [['failed', 10], ['turnedAway', 10], ...told] as Told[])
        lockOuts[what](attempt(when, more))
      return lockOuts.mayFollow(refusal)
    }
    expect(follows()).toBe(false)
    expect(follows(['failed', 8, other])).toBe(true)
    expect(follows(['failed', 8, other], ['turnedAway', 8, other])).toBe(false)
    expect(follows(['failed', 8, other], ['accepted', 6, other], ['accepted', 12, other])).toBe(
      false,
    )
    const within = (us: number): Told[] => [
      ['failed', 8, other],
      ['accepted', 6, other],
      ['accepted', 6 + us - 1, other],
    ]
    expect(follows(...within(SECOND))).toBe(true)
    expect(follows(...within(SECOND - 1))).toBe(false)
  })

  test('amid a lost store is explained by whatever failed of its own party before, at its node or another', () => {
    const own = (node: string, ...told: Told[]): boolean => {
      const lockOuts = openLockOuts(NODES)
      // Both were owed an acceptance, so that neither is a reason for others.
      const lost: Told[] = [
        ['failed', 10],
        ['turnedAway', 10],
        ['failed', 4, { node }],
        ['turnedAway', 4, { node }],
      ]
      for (const [what, when, more] of [...lost, ...told]) lockOuts[what](attempt(when, more))
      return lockOuts.mayFollow(attempt(10))
    }
    expect(own('node-1')).toBe(true)
    expect(own('node-2')).toBe(true)
    expect(own('node-1', ['accepted', 7])).toBe(false)
  })
})

test('what may have been lock-outs is told to the reader', () => {
  const lockOuts = openLockOuts(NODES)
  expect(lockOuts.notes()).toEqual([])
  for (const at of [1, 3, 5]) lockOuts.failed(attempt(at))
  for (const at of [3, 5]) lockOuts.excused(attempt(at))
  expect(lockOuts.notes()).toEqual([
    "'a' was refused 2 times where an earlier failure may have locked it out, or everybody who asks from here, at that node or everywhere: those refusals convict nobody.",
  ])
})
