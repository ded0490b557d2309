import { describe, expect, test } from 'vitest'
import { boundedMemory } from '../../../../targets/flawed/bounded-memory.ts'

describe('a memory with room for two', () => {
  const memoryOf = (...keys: readonly string[]) => {
    const memory = boundedMemory(2)
    for (const key of keys) memory.insert(key, `request of ${key}`, 1000, 0)
    return memory
  }

  test('forgets the oldest for a third, and only that', () => {
    const memory = memoryOf('a', 'b', 'c')
    expect(['a', 'b', 'c'].map((key) => memory.find(key, 0))).toEqual([false, true, true])
    expect(memory.size).toBe(2)
  })

  test('takes an attempt to use a key again for a use of it', () => {
    const memory = memoryOf('a', 'b')
    expect(memory.insert('a', 'another request', 1000, 0)).toBe('present')
    memory.insert('c', 'request of c', 1000, 0)
    expect(['a', 'b', 'c'].map((key) => memory.find(key, 0))).toEqual([true, false, true])
  })

  test('answers a repeated request as before, and keeps to the ends of keys', () => {
    const memory = memoryOf('a')
    expect(memory.insert('a', 'request of a', 1000, 0)).toBe('inserted')
    expect(memory.find('a', 1000)).toBe(false)
  })
})
