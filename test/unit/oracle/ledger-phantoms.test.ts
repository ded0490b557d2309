import { describe, expect, test } from 'vitest'
import type { Use } from '../../../harness/oracle/replay/use.ts'
import { FORGED, groupOf, inShort, NOTHING, QUIET, use } from './uses.ts'

function phantom(uses: readonly Use[], options = QUIET): unknown {
  return (inShort(groupOf(uses, options)) as { phantom: unknown }).phantom
}

describe('a phantom replay', () => {
  test('is the refusal of an assertion presented once', () => {
    const group = groupOf([use('r', [0, 1], 'rejected')])
    expect(inShort(group)).toEqual({
      ...NOTHING,
      phantom: ['r', 'implementation', 'unprovoked'],
      owedAccept: 'r',
    })
  })

  test('is a refusal before the first presentation that was accepted', () => {
    const group = groupOf([use('r', [0, 1], 'rejected'), use('a', [2, 3], 'accepted')])
    expect(inShort(group)).toEqual({
      ...NOTHING,
      accepted: ['a'],
      phantom: ['r', 'implementation', 'unprovoked'],
      owedAccept: 'r',
    })
  })

  test('is one for the group, however often it is refused', () => {
    const group = groupOf([0, 2, 4].map((at) => use(`r${at}`, [at, at + 1], 'rejected')))
    expect(group.phantom?.use.step).toBe('r0')
    expect(group.owedAccept?.step).toBe('r0')
    expect(group.owedRejects).toEqual([])
  })

  test('is not there when the refusal was right for reasons of its own, or may have been', () => {
    expect(
      phantom([use('r', [0, 1], 'rejected', { deserved: 'reject', cause: 'time' })]),
    ).toBeNull()
    expect(
      phantom([use('r', [0, 1], 'rejected', { deserved: 'either', cause: 'time' })]),
    ).toBeNull()
  })
})

describe('an excuse', () => {
  const excused = (taker: Use): boolean => phantom([taker, use('r', [2, 3], 'rejected')]) === null

  test('is whatever was accepted, rightly or not', () => {
    expect(excused(use('t', [0, 1], 'accepted'))).toBe(true)
    expect(excused(use('t', [0, 1], 'accepted', { deserved: 'reject', cause: 'audience' }))).toBe(
      true,
    )
    expect(excused(use('t', [0, 1], 'accepted', FORGED))).toBe(true)
  })

  test('is an authentic one of which nothing is known', () => {
    expect(excused(use('t', [0, 1], 'failed'))).toBe(true)
    expect(excused(use('t', [0, null], 'unanswered'))).toBe(true)
    expect(excused(use('t', [0, null], 'unanswered', { deserved: 'reject', cause: 'time' }))).toBe(
      true,
    )
    expect(excused(use('t', [0, 1], 'failed', FORGED))).toBe(false)
    expect(excused(use('t', [0, null], 'unanswered', FORGED))).toBe(false)
  })

  test('is an authentic one that was turned away by what may come after the replay check', () => {
    expect(excused(use('t', [0, 1], 'elsewhere'))).toBe(true)
    expect(excused(use('t', [0, 1], 'challenged'))).toBe(true)
    expect(excused(use('t', [0, 1], 'rejected', { deserved: 'either', cause: 'time' }))).toBe(true)
    expect(excused(use('t', [0, 1], 'rejected', { deserved: 'reject', cause: 'time' }))).toBe(true)
    expect(excused(use('t', [0, 1], 'rejected', { deserved: 'reject', cause: 'audience' }))).toBe(
      true,
    )
  })

  test('is never what anyone could have made without the key, nor what was not sent', () => {
    for (const outcome of ['elsewhere', 'challenged', 'rejected'] as const) {
      expect(excused(use('t', [0, 1], outcome, FORGED))).toBe(false)
    }
    expect(excused(use('t', [0, 1], 'rejected', { deserved: 'reject', cause: 'algorithm' }))).toBe(
      false,
    )
    expect(excused(use('t', [0, 1], 'unsent'))).toBe(false)
  })

  test('is never the refusal of another copy that deserved acceptance', () => {
    expect(excused(use('t', [0, 1], 'rejected'))).toBe(false)
  })

  test('need not have been answered first: equal stamps excuse, a microsecond later does not', () => {
    const refused = use('r', [2, 3], 'rejected')
    expect(phantom([refused, use('t', [3, 4], 'accepted')])).toBeNull()
    expect(phantom([refused, use('t', [3.000001, 4], 'accepted')])).not.toBeNull()
  })
})

describe('whom a phantom replay is laid to', () => {
  const FAULT = { faultsInForce: ['link.cut node-1>store'] }

  test('is nobody where the path may have repeated the request', () => {
    expect(phantom([use('r', [0, 1], 'rejected')], { ...QUIET, path: () => 'unknown' })).toEqual([
      'r',
      'path',
      'unprovoked',
    ])
  })

  test('is nobody while a fault was in force [a store client that repeats its insert after a lost reply]', () => {
    expect(phantom([use('r', [0, 1], 'rejected', FAULT)])).toEqual(['r', 'path', 'unprovoked'])
  })

  test('is nobody when a fault may have spent it under an earlier refusal of the same assertion', () => {
    expect(phantom([use('p', [0, 1], 'rejected', FAULT), use('r', [2, 3], 'rejected')])).toEqual([
      'p',
      'path',
      'unprovoked',
    ])
    expect(phantom([use('r', [0, 9], 'rejected'), use('p', [2, 3], 'rejected', FAULT)])).toEqual([
      'r',
      'path',
      'unprovoked',
    ])
  })

  test('is the implementation when the fault came after', () => {
    expect(phantom([use('r', [0, 1], 'rejected'), use('p', [2, 3], 'rejected', FAULT)])).toEqual([
      'r',
      'implementation',
      'unprovoked',
    ])
  })

  test('is nobody where copies met: whoever refuses all of them lets nobody in, and the client sent them at once', () => {
    const first = use('r', [0, 2], 'rejected')
    const meets = ['r', 'path', 'unprovoked']
    expect(phantom([first, use('p', [1, 3], 'rejected')])).toEqual(meets)
    expect(phantom([first, use('p', [2, 3], 'rejected')])).toEqual(meets)
    expect(phantom([first, use('p', [1, 3], 'rejected'), use('q', [9, 10], 'rejected')])).toEqual(
      meets,
    )
  })

  test('is the implementation where the copy came later, or was never sent', () => {
    const first = use('r', [0, 2], 'rejected')
    const alone = ['r', 'implementation', 'unprovoked']
    expect(phantom([first, use('p', [2.000001, 3], 'rejected')])).toEqual(alone)
    expect(phantom([first, use('n', [1, 1], 'unsent')])).toEqual(alone)
  })

  test('is named after a forgery when one may have come first', () => {
    const genuine = use('r', [2, 3], 'rejected')
    const named = ['r', 'implementation', 'after forgery']
    expect(phantom([use('f', [0, 1], 'rejected', FORGED), genuine])).toEqual(named)
    expect(phantom([use('f', [3, 4], 'rejected', FORGED), genuine])).toEqual(named)
    expect(phantom([use('f', [0, null], 'unanswered', FORGED), genuine])).toEqual(named)
    expect(phantom([use('f', [4, 5], 'rejected', FORGED), genuine])).toEqual([
      'r',
      'implementation',
      'unprovoked',
    ])
    expect(phantom([use('f', [0, 1], 'unsent', FORGED), genuine])).toEqual([
      'r',
      'implementation',
      'unprovoked',
    ])
  })
})
