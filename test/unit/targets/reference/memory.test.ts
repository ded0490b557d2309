import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { replayMemory } from '../../../../targets/reference/memory.ts'

describe('replayMemory', () => {
  test('holds a key until its time and not longer', () => {
    const memory = replayMemory()
    expect(memory.insert('a', 'r1', 1000, 0)).toBe('inserted')
    expect(memory.insert('a', 'r2', 1000, 999)).toBe('present')
    expect(memory.insert('a', 'r3', 2000, 1000)).toBe('inserted')
  })

  test('gives the retry of an insert the answer that was lost, and nobody else', () => {
    const memory = replayMemory()
    memory.insert('a', 'r1', 1000, 0)
    expect(memory.insert('a', 'r1', 1000, 1)).toBe('inserted')
    expect(memory.insert('a', 'r2', 1000, 2)).toBe('present')
  })

  test('does not grow with what it may forget', () => {
    const memory = replayMemory()
    for (let at = 0; at < 10_000; at++) memory.insert(`key ${at}`, 'r', at + 10, at)
    expect(memory.size).toBeLessThan(1100)
  })

  test('lets each key in once, in whatever order requests come', () => {
    const requests = fc.array(fc.constantFrom('a', 'b', '__proto__', 'constructor'), {
      maxLength: 30,
    })
    fc.assert(
      fc.property(requests, (keys) => {
        const memory = replayMemory()
        const inserted = keys.filter(
          (key, at) => memory.insert(key, `r${at}`, 1000, at) === 'inserted',
        )
        expect(inserted).toEqual([...new Set(keys)])
      }),
    )
  })
})
