/** Names that may be seen once, as far as memory reaches. */

export interface Once {
  /** Whether the name is new, to what is remembered. */
  take(name: string): boolean
}

/** In each of two generations; the older one is dropped when the younger is full. */
const MOST = 50_000

/**
 * Remembers the last 50,000 to 100,000 names. A repetition further apart is told by the footer's count and digest; where
 * there is no footer nothing is proved, and a second use of one replay key by one observation is refused by the ledger.
 */
export function openOnce(): Once {
  let younger = new Set<string>()
  let older = new Set<string>()
  return {
    take(name) {
      if (younger.has(name) || older.has(name)) return false
      younger.add(name)
      if (younger.size >= MOST) {
        older = younger
        younger = new Set()
      }
      return true
    },
  }
}
