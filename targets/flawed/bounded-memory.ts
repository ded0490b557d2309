/** A replay memory with room for so many keys: the one that was used longest ago makes room for the next. */
import { replayMemory, type ReplayMemory } from '../reference/memory.ts'

/** @param capacity How many keys it holds; an integer ≥ 1. */
export function boundedMemory(capacity: number): ReplayMemory {
  const memory = replayMemory()
  const used = new Set<string>()
  const use = (key: string): void => {
    used.delete(key)
    used.add(key)
    const [oldest] = used
    if (used.size <= capacity || oldest === undefined) return
    used.delete(oldest)
    memory.release(oldest)
  }
  return {
    insert(key, requestId, keepUntilMs, nowMs) {
      const said = memory.insert(key, requestId, keepUntilMs, nowMs)
      use(key)
      return said
    },
    find: (key, nowMs) => memory.find(key, nowMs),
    save(key, requestId, keepUntilMs) {
      memory.save(key, requestId, keepUntilMs)
      use(key)
    },
    release(key) {
      used.delete(key)
      memory.release(key)
    },
    clear() {
      used.clear()
      memory.clear()
    },
    get size() {
      return memory.size
    },
  }
}
