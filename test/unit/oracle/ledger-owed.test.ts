import { describe, expect, test } from 'vitest'
import { groupOf, inShort, NOTHING, use } from './uses.ts'

describe('what is undecided', () => {
  test('a refusal that only a lost reply can explain', () => {
    const group = groupOf([use('u', [0, null], 'unanswered'), use('r', [2, 3], 'rejected')])
    expect(inShort(group)).toEqual({ ...NOTHING, undecided: ['u', 'r'] })
  })

  test('a refusal that was answered as the unknown one began: equal stamps excuse', () => {
    const unknown = use('u', [1, null], 'unanswered')
    expect(inShort(groupOf([use('r', [0, 1], 'rejected'), unknown]))).toEqual({
      ...NOTHING,
      undecided: ['r', 'u'],
    })
  })

  test('a refusal that only an authentic one turned away elsewhere can explain', () => {
    const group = groupOf([use('e', [0, 1], 'elsewhere'), use('r', [2, 3], 'rejected')])
    expect(inShort(group)).toEqual({ ...NOTHING, undecided: ['r'] })
  })

  test('an inversion that a reservation given back explains [reserve-and-release is correct]', () => {
    const group = groupOf([
      use('u', [0, 1], 'failed'),
      use('r', [2, 3], 'rejected'),
      use('a', [4, 5], 'accepted'),
    ])
    expect(inShort(group)).toEqual({
      ...NOTHING,
      accepted: ['a'],
      undecided: ['r'],
      owedAccept: 'a',
    })
  })

  test('an unknown with nothing accepted', () => {
    expect(inShort(groupOf([use('u', [0, 1], 'failed')]))).toEqual({ ...NOTHING, undecided: ['u'] })
  })

  test('not a refusal that something accepted explains as well', () => {
    const group = groupOf([
      use('u', [0, null], 'unanswered'),
      use('a', [1, 2], 'accepted'),
      use('r', [3, 4], 'rejected'),
    ])
    expect(inShort(group)).toEqual({
      ...NOTHING,
      accepted: ['a'],
      owedAccept: 'a',
      owedRejects: ['r'],
    })
  })

  test('not what was never sent', () => {
    expect(inShort(groupOf([use('n', [0, 0], 'unsent')]))).toEqual(NOTHING)
    expect(inShort(groupOf([use('a', [0, 1], 'accepted'), use('n', [0, 0], 'unsent')]))).toEqual({
      ...NOTHING,
      accepted: ['a'],
      owedAccept: 'a',
    })
  })
})

describe('what was owed', () => {
  test('one acceptance, and a rejection for each other that was answered after it began', () => {
    const group = groupOf([
      use('a', [0, 2], 'accepted'),
      use('r1', [1, 3], 'rejected'),
      use('b', [4, 5], 'accepted'),
      use('r2', [6, 7], 'rejected'),
    ])
    expect(inShort(group)).toMatchObject({ owedAccept: 'a', owedRejects: ['r1', 'b', 'r2'] })
  })

  test('no rejection of what was answered as the first acceptance began: equal stamps excuse and prove nothing', () => {
    const group = groupOf([use('r', [0, 1], 'rejected'), use('a', [1, 2], 'accepted')])
    expect(inShort(group)).toMatchObject({ phantom: null, undecided: [], owedRejects: [] })
  })

  test('no acceptance where all that was accepted deserved either', () => {
    const group = groupOf([use('a', [0, 1], 'accepted', { deserved: 'either', cause: 'time' })])
    expect(inShort(group)).toEqual({ ...NOTHING, accepted: ['a'] })
  })

  test('nothing where an acceptance false by its own rule is all the explanation there is', () => {
    const wrong = use('x', [0, 1], 'accepted', { deserved: 'reject', cause: 'audience' })
    expect(inShort(groupOf([wrong, use('r', [2, 3], 'rejected')]))).toEqual(NOTHING)
  })

  test('nothing where nothing was accepted and nothing refused without excuse', () => {
    expect(groupOf([use('u', [0, null], 'unanswered')]).owedAccept).toBeNull()
  })
})
