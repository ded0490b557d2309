/** When published keys are fetched again, worked by hand: kept for 2 s, and for a strange name once a second at most. */
import { describe, expect, test } from 'vitest'
import { FAULTLESS_CARE, keyCache, type KeyCare } from '../../../../targets/reference/key-cache.ts'

const OLD = { kid: 'old' }
const NEW = { kid: 'new' }

function fetchedAt(seconds: number, care: Partial<KeyCare> = {}) {
  const cache = keyCache<{ readonly kid: string }>({ ...FAULTLESS_CARE, ...care }, 'client')
  cache.tried(seconds)
  cache.fetched([OLD], seconds)
  return cache
}

describe('published keys', () => {
  test('are wanted at once where none were ever had', () => {
    const cache = keyCache(FAULTLESS_CARE, 'client')
    cache.tried(10)
    expect(cache.isDue('old', 10)).toBe(true)
  })

  test('are kept for their time, and not for longer', () => {
    const cache = fetchedAt(10)
    expect([11.9, 12].map((seconds) => cache.isDue('old', seconds))).toEqual([false, true])
  })

  test('are looked for again half a second after that failed, with what is known kept', () => {
    const cache = fetchedAt(10)
    cache.tried(12)
    expect([12.4, 12.5].map((seconds) => cache.isDue('old', seconds))).toEqual([false, true])
    expect(cache.keys).toEqual([OLD])
  })

  test('are fetched for a name that is not among them, after a pause', () => {
    const cache = fetchedAt(10)
    expect([10.9, 11].map((seconds) => cache.isDue('new', seconds))).toEqual([false, true])
    expect(cache.isDue(undefined, 11)).toBe(false)
    expect(fetchedAt(10, { unknownKid: null }).isDue('new', 11)).toBe(false)
    expect(fetchedAt(10, { unknownKid: { cooldownSeconds: 0 } }).isDue('new', 10)).toBe(true)
  })

  test('go when they are published no longer, but from whoever keeps them', () => {
    const keys = [{}, { keeps: true }].map((care) => {
      const cache = fetchedAt(10, care)
      cache.fetched([NEW], 12)
      return cache.keys
    })
    expect(keys).toEqual([[NEW], [NEW, OLD]])
  })
})
