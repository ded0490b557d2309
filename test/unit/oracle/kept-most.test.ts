/** Memory has an end, and what lies beyond it convicts nobody. The bounds are small here, so that they can be met. */
import { describe, expect, test } from 'vitest'
import { openAcceptances } from '../../../harness/oracle/refusals/acceptances.ts'
import { openLockOuts, type Attempt } from '../../../harness/oracle/refusals/lock-outs.ts'
import { openStanding } from '../../../harness/oracle/refusals/standing.ts'

describe('of acceptances in a long row', () => {
  /** One each millisecond, answered 0.9 ms later; those older than 30 ms may be let go when 64 are kept. */
  const ROOM = { disorderUs: 30_000, spare: 64, marksMost: 10 }
  const COUNT = 66
  const begun = (index: number) => index * 1_000
  const answered = (index: number) => begun(index) + 900
  /** When that happens, and the first that is too new for it. */
  const CUT = 34
  /** A refusal between one of them and the next. */
  const after = (index: number) => [answered(index) + 20, answered(index) + 50] as const

  const row = (marked: readonly number[]) => {
    const acceptances = openAcceptances(ROOM)
    for (let index = 0; index < COUNT; index++) {
      acceptances.add(begun(index), answered(index))
      if (marked.includes(index)) acceptances.mark(...after(index))
    }
    return acceptances
  }
  const between = (index: number) => ({ fromUs: begun(index), toUs: answered(index + 1) })

  test('those next to a refusal are kept, and all of the last while', () => {
    const acceptances = row([17, 30])
    for (const index of [17, 30, CUT, COUNT - 2]) {
      expect(acceptances.around(...after(index))).toEqual(between(index))
    }
  })

  test('a refusal that nobody marked lies in a wider gap, which convicts nobody', () => {
    expect(row([]).around(...after(17))).toEqual({ fromUs: -Infinity, toUs: answered(CUT - 1) })
    expect(row([30]).around(...after(20))).toEqual({
      fromUs: -Infinity,
      toUs: answered(30),
    })
  })

  test('the last of those let go is kept for whatever comes right after them', () => {
    for (const marked of [[], [17]]) {
      expect(row(marked).around(...after(CUT - 1))).toEqual(between(CUT - 1))
    }
  })

  test('what comes late, but within that while, is found as well', () => {
    const acceptances = row([])
    const [from, to] = after(50)
    acceptances.add(from - 30, from - 20)
    expect(acceptances.around(from, to)).toEqual({ fromUs: from - 30, toUs: answered(51) })
  })
})

test('a party that is refused more often than is kept convicts nobody of anything further, and a note says so', () => {
  const MOST = 20
  const standing = openStanding(MOST)
  const answers: boolean[] = []
  const ask = (at: number) =>
    standing.refused({
      principal: 'a',
      begunUs: at,
      answeredUs: at + 1,
      settle: (works) => answers.push(works),
    })
  const accepted = (at: number) => standing.accepted('a', at, at + 1)
  accepted(0)
  standing.turnedAway('a', 2, 3)
  ask(2)
  accepted(4)
  for (let count = 1; count < MOST - 1; count++) standing.turnedAway('a', 6, 7)
  ask(8)
  expect(answers).toEqual([])
  standing.turnedAway('a', 8, 9)
  ask(10)
  ask(12)
  expect(answers).toEqual([false, false])
  accepted(14)
  standing.conclude()
  // Where the others lie nobody knows, so that those asked before stay open, too.
  expect(answers).toEqual([false, false, false, false])
  expect(standing.notes()).toEqual([
    "'a' was refused more often than can be kept in mind: 2 further refusals stay undecided.",
  ])
})

test('a party of which more refusals are asked about than are kept is told at once that nobody knows', () => {
  const standing = openStanding(2)
  const answers: boolean[] = []
  for (const at of [2, 4, 6]) {
    const settle = (works: boolean) => void answers.push(works)
    standing.refused({ principal: 'a', begunUs: at, answeredUs: at + 1, settle })
    expect(answers).toEqual(at === 6 ? [false] : [])
  }
})

test('failures beyond those kept are taken for what may have failed at any later time', () => {
  const lockOuts = openLockOuts(['node-1'], 50)
  let steps = 0
  const attempt = (begunUs: number): Attempt => ({
    step: String(steps++),
    party: 'a',
    node: 'node-1',
    begunUs,
    answeredUs: begunUs + 1,
  })
  const refusal = attempt(20)
  lockOuts.accepted(attempt(10))
  lockOuts.failed(refusal)
  for (let count = 1; count < 50; count++) lockOuts.failed(attempt(2))
  expect(lockOuts.mayExplain(refusal)).toBe(false)
  lockOuts.failed(attempt(2))
  expect(lockOuts.mayExplain(refusal)).toBe(true)
})

describe('rows of refusals in the notes', () => {
  const span = (at: number) => ['a', at, at + 1] as const
  test('tell of one place without counting places', () => {
    const standing = openStanding()
    for (const at of [0, 10]) standing.accepted(...span(at))
    for (const at of [2, 4]) {
      standing.turnedAway(...span(at))
      const [principal, begunUs, answeredUs] = span(at)
      standing.refused({ principal, begunUs, answeredUs, settle: () => undefined })
    }
    standing.conclude()
    expect(standing.notes()).toEqual([
      "'a' was refused 2 times in a row between two acceptances: a lock-out would look the same, so that those refusals convict nobody.",
    ])
  })
  test('tell of the longest, and at how many places', () => {
    const standing = openStanding()
    for (const at of [0, 10, 20, 30]) standing.accepted(...span(at))
    for (const at of [2, 4, 12, 14, 16, 22]) {
      standing.turnedAway(...span(at))
      const [principal, begunUs, answeredUs] = span(at)
      standing.refused({ principal, begunUs, answeredUs, settle: () => undefined })
    }
    standing.conclude()
    expect(standing.notes()).toEqual([
      "'a' was refused up to 3 times in a row between two acceptances, at 2 places: a lock-out would look the same, so that those refusals convict nobody.",
    ])
  })
})
