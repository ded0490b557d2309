import { expect, test } from 'vitest'
import type { Use } from '../../../harness/oracle/replay/use.ts'
import { mayPrecede, taking } from '../../../harness/oracle/replay/excuses.ts'
import { FORGED, use } from './uses.ts'

function takes(outcome: Use['outcome'], more: Partial<Use> = {}): string {
  return taking(use('a', [0, 1], outcome, more))
}

test('an acceptance takes the key, and an answer that nobody had or that was an error perhaps did', () => {
  expect(takes('accepted')).toBe('accepted')
  expect(takes('failed')).toBe('unknown')
  expect(takes('unanswered')).toBe('unknown')
})

test('what was turned away by something that may come after the replay check perhaps took the key', () => {
  expect(takes('elsewhere')).toBe('refused')
  expect(takes('challenged')).toBe('refused')
  expect(takes('rejected', { deserved: 'reject', cause: 'audience' })).toBe('refused')
  expect(takes('rejected', { deserved: 'either', cause: 'time' })).toBe('refused')
  // Where it may have been right its refusal may have come from anywhere.
  expect(takes('rejected', { deserved: 'either', cause: 'algorithm' })).toBe('refused')
})

test('must not excuse by what never takes: the unsent, the forged, and what is settled before the memory is asked', () => {
  expect(takes('unsent')).toBe('never')
  for (const outcome of ['failed', 'unanswered', 'elsewhere', 'challenged', 'rejected'] as const) {
    expect(takes(outcome, FORGED)).toBe('never')
  }
  for (const cause of ['authentic', 'key', 'signature', 'algorithm']) {
    expect(takes('rejected', { deserved: 'reject', cause })).toBe('never')
  }
  // Whoever refuses what is right took nothing that was not taken before.
  expect(takes('rejected')).toBe('never')
})

test('a use may have been judged before another was until that was answered, and not later', () => {
  const refused = use('b', [2, 3], 'rejected')
  expect(mayPrecede(use('a', [3, 4], 'accepted'), refused)).toBe(true)
  expect(mayPrecede(use('a', [3.001, 4], 'accepted'), refused)).toBe(false)
})
