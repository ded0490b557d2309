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

test('a party works that was accepted before and after, whichever of them is told first', () => {
  expect(settled([[1, 2]], [[12, 13]])).toEqual([true])
  expect(settled([[12, 13]], [[1, 2]])).toEqual([true])
})

test('an acceptance that overlaps the refusal vouches for neither side, and another party’s never', () => {
  expect(settled([[1, 10]], [[12, 13]])).toEqual([false])
  expect(settled([[1, 2]], [[11, 13]])).toEqual([false])
  expect(settled([], [])).toEqual([false])
})
