import { expect, test } from 'vitest'
import { openStanding } from '../../../harness/oracle/refusals/standing.ts'

/** What becomes of a refusal from 10 to 11, with these acceptances of the same party around it. */
function settled(
  before: readonly [number, number][],
  after: readonly [number, number][],
): unknown[] {
  const standing = openStanding()
  const answers: boolean[] = []
  for (const [begunUs, answeredUs] of before) standing.accepted('a', begunUs, answeredUs)
  const refusal = { principal: 'a', begunUs: 10, answeredUs: 11 }
  standing.refused({ ...refusal, settle: (works) => answers.push(works) })
  for (const [begunUs, answeredUs] of after) standing.accepted('a', begunUs, answeredUs)
  standing.accepted('b', 1, 2)
  standing.accepted('b', 20, 21)
  standing.conclude()
  standing.conclude()
  return answers
}

interface Asked {
  readonly from: number
  readonly prompt?: 'drawn' | 'searched'
}

/** What becomes of refusals of one second each, all owed an acceptance, once these acceptances have come. */
function settledOf(refused: readonly Asked[], accepted: readonly [number, number][]) {
  const standing = openStanding()
  const told = new Map<number, boolean>()
  for (const { from, prompt = null } of refused) {
    standing.turnedAway('a', from, from + 1)
    const settle = (works: boolean): void => {
      expect(told.has(from)).toBe(false)
      told.set(from, works)
    }
    standing.refused({ principal: 'a', begunUs: from, answeredUs: from + 1, prompt, settle })
  }
  for (const span of accepted) standing.accepted('a', ...span)
  const early = new Map(told)
  standing.conclude()
  return {
    early: Object.fromEntries(early),
    all: Object.fromEntries(told),
    notes: standing.notes(),
  }
}

test('who cannot wait is told with the next acceptance that began later, and who can is told at the end', () => {
  const [drawn, plain] = [{ from: 10, prompt: 'drawn' }, { from: 30 }] as const
  const around: [number, number][] = [
    [1, 2],
    // It overlaps the refusal, and so says nothing of what came after that.
    [11, 12],
  ]
  expect(settledOf([drawn], around)).toMatchObject({ early: {}, all: { 10: false } })
  expect(settledOf([drawn, plain], [...around, [13, 14], [40, 41]])).toMatchObject({
    early: { 10: true },
    all: { 10: true, 30: true },
  })
})

test('a search is believed once a drawn refusal was found wrong, and by nothing else', () => {
  const searched = { from: 30, prompt: 'searched' } as const
  const apart: [number, number][] = [
    [1, 2],
    [20, 21],
    [40, 41],
  ]
  const wrong = (...first: Asked[]) => settledOf([...first, searched], apart).all
  expect(wrong({ from: 10, prompt: 'drawn' })).toEqual({ 10: true, 30: true })
  // One that could wait, and two drawn in a row.
  expect(wrong({ from: 10 })).toEqual({ 10: true, 30: false })
  expect(wrong({ from: 10, prompt: 'drawn' }, { from: 12, prompt: 'drawn' })).toEqual({
    10: false,
    12: false,
    30: false,
  })
})

test('a row is made by what reaches between the acceptances, in whatever order it was told', () => {
  const around: [number, number][] = [
    [1, 2],
    [12, 13],
    [50, 51],
    [70, 71],
  ]
  for (const order of [
    [10, 30, 60],
    [60, 30, 10],
    [10, 60, 30],
    [30, 10, 60],
  ]) {
    const { all } = settledOf(
      order.map((from) => ({ from })),
      around,
    )
    expect(all).toEqual({ 10: true, 30: true, 60: true })
  }
  // It began as the acceptance after the other was answered.
  expect(settledOf([{ from: 10 }, { from: 13 }], around)).toEqual({
    early: {},
    all: { 10: false, 13: false },
    notes: [
      "'a' was refused up to 2 times in a row between two acceptances, at 2 places: a lock-out would look the same, so that those refusals convict nobody.",
    ],
  })
})

test('what lies next to a refusal that may be asked about is kept, however many are accepted since', () => {
  const standing = openStanding(100, { disorderUs: 10, spare: 4, marksMost: 10 })
  standing.accepted('a', 1, 2)
  standing.turnedAway('a', 4, 5)
  standing.mayAsk('a', 4, 5)
  standing.accepted('a', 7, 8)
  // Without the acceptance between them the two would be a row.
  standing.turnedAway('a', 14, 15)
  for (let at = 20; at < 100; at += 3) standing.accepted('a', at, at + 1)
  const works: boolean[] = []
  const settle = (so: boolean) => void works.push(so)
  standing.refused({ principal: 'a', begunUs: 4, answeredUs: 5, settle })
  standing.conclude()
  expect(works).toEqual([true])
})

test('a party works that was accepted before and after, whichever of them is told first', () => {
  expect(settled([[1, 2]], [[12, 13]])).toEqual([true])
  expect(settled([[12, 13]], [[1, 2]])).toEqual([true])
})

test('an acceptance that overlaps the refusal vouches for neither side, and another party’s never', () => {
  expect(settled([[1, 10]], [[12, 13]])).toEqual([false])
  expect(settled([[1, 2]], [[11, 13]])).toEqual([false])
  expect(settled([], [])).toEqual([false])
})
