/** A token that the target issued itself: nothing is known of it but that it did. */
import { describe, expect, test } from 'vitest'
import type { Truth } from '../../../harness/model/history.ts'
import { BEARER, ground, GRANT, told } from './ground-of.ts'
import { truthAt } from './histories.ts'

describe('a token from an answer of the target', () => {
  const UNKNOWN = { issuer: null, subject: null, algorithm: null, expUs: null, defect: null }
  const taken = told(['either', 'taken', 'RFC 6749 §1.4', null])

  test('deserves what its table says, for nothing is known of it', () => {
    expect(ground(UNKNOWN, BEARER)).toEqual(taken)
  })

  test('must not be what anything is known of, nor what is no token', () => {
    const { issuer, subject, expUs } = truthAt(0)
    const known: readonly Partial<Truth>[] = [
      { issuer, subject },
      { algorithm: 'ES256' },
      { expUs },
      { defect: { kind: 'padded' } },
    ]
    for (const each of known) expect(ground({ ...UNKNOWN, ...each }, BEARER).rule).not.toBe('taken')
    expect(ground(UNKNOWN).rule).not.toBe('taken')
    expect(ground(UNKNOWN, GRANT).rule).not.toBe('taken')
  })
})
