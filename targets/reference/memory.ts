/** What a replay memory holds: keys with the time they may be forgotten. Pure but for its own contents; time is given. */
import type { StoreReply, StoreRequest } from './store-protocol.ts'

export interface ReplayMemory {
  /**
   * Insert if absent, in one act. The same `requestId` again is the retry of an insert whose answer was lost, and gets
   * the answer that was lost.
   */
  insert(key: string, requestId: string, keepUntilMs: number, nowMs: number): 'inserted' | 'present'
  find(key: string, nowMs: number): boolean
  /** Overwrites; only a server that checks first and saves later has a use for it. */
  save(key: string, requestId: string, keepUntilMs: number): void
  /** Forgets at once: for a server that reserves a key before it has looked at everything. */
  release(key: string): void
  /** Forgets everything. */
  clear(): void
  readonly size: number
}

interface Entry {
  readonly requestId: string
  readonly keepUntilMs: number
}

/** Forgotten keys are removed when the number of keys has doubled since the last removal, so each costs O(1). */
const LEAST_BEFORE_REMOVAL = 1024

export function replayMemory(): ReplayMemory {
  const entries = new Map<string, Entry>()
  let removeAt = LEAST_BEFORE_REMOVAL

  const live = (key: string, nowMs: number): Entry | null => {
    const entry = entries.get(key)
    return entry !== undefined && entry.keepUntilMs > nowMs ? entry : null
  }
  const forget = (nowMs: number): void => {
    // Not `for … of`, which makes a pair of each.
    entries.forEach(({ keepUntilMs }, key) => {
      if (keepUntilMs <= nowMs) entries.delete(key)
    })
    removeAt = Math.max(LEAST_BEFORE_REMOVAL, entries.size * 2)
  }
  return {
    insert(key, requestId, keepUntilMs, nowMs) {
      const held = live(key, nowMs)
      if (held !== null) return held.requestId === requestId ? 'inserted' : 'present'
      entries.set(key, { requestId, keepUntilMs })
      if (entries.size >= removeAt) forget(nowMs)
      return 'inserted'
    },
    find: (key, nowMs) => live(key, nowMs) !== null,
    save: (key, requestId, keepUntilMs) => void entries.set(key, { requestId, keepUntilMs }),
    release: (key) => void entries.delete(key),
    clear: () => entries.clear(),
    get size() {
      return entries.size
    },
  }
}

/** What a store says to a request, live or simulated, by its own clock. */
export function saidTo(
  { op, key, requestId, keepUntilMs }: Omit<StoreRequest, 'id'>,
  memory: ReplayMemory,
  nowMs: number,
): StoreReply['said'] {
  switch (op) {
    case 'insert':
      return memory.insert(key, requestId, keepUntilMs, nowMs)
    case 'find':
      return memory.find(key, nowMs) ? 'present' : 'absent'
    case 'release':
      memory.release(key)
      return 'released'
    case 'save':
      memory.save(key, requestId, keepUntilMs)
      return 'saved'
  }
}
