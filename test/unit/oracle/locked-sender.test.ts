/** A sender that is refused after its stimuli may have been locked out amid them: no other party can vouch for it. */
import { expect, test } from 'vitest'
import type { Answer } from '../../../harness/model/history.ts'
import { BUSY, granted, LOST, REFUSED, reply } from './histories.ts'
import { BEFORE, control, stimulus, told } from './one-check.ts'

const AGAIN = control('after-2', 4, granted(), 'spare')

/** A right refusal, then the sender's own control with this answer, then a fresh party's. */
function afterOwn(answer: Answer) {
  return told([BEFORE, stimulus(REFUSED), control('after', 3, answer), AGAIN])
}

test('a fresh party’s acceptance vouches for no refusal of a sender that was refused afterwards', () => {
  expect(afterOwn(REFUSED)).toMatchObject({
    result: {
      verdict: 'inconclusive',
      because:
        'refused, but its sender was locked out after the stimuli: its own control was refused as well',
    },
    convictions: [],
  })
})

test('a fresh party’s acceptance vouches where the sender’s own control was lost, or failed', () => {
  for (const answer of [LOST, BUSY]) expect(afterOwn(answer).result?.verdict).toBe('pass')
})

test('nor where the sender was turned away for something else', () => {
  const { result } = afterOwn(reply(400, { code: 'invalid_scope' }))
  expect(result?.verdict).toBe('inconclusive')
})

test('what was accepted still convicts, whoever was locked out later', () => {
  const { result } = told([BEFORE, stimulus(granted()), control('after', 3, REFUSED), AGAIN])
  expect(result?.verdict).toBe('fail')
})
