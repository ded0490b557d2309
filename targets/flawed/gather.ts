/** Makes a race deterministic: lookups of one key wait for each other, so that all have looked before any saves. */
import type { BeforeAbsent } from '../reference/store-server.ts'

/** How long a lookup waits for company (decisions.md, "The detection matrix does not flicker"). */
const LONGEST_WAIT_MS = 250

/** Lookups that wait for one key. */
interface Waiting {
  readonly let: (() => void)[]
  readonly late: NodeJS.Timeout
}

/** @param copies How many lookups of one key must have come before any is answered; an integer ≥ 1. */
export function gather(copies: number): BeforeAbsent {
  const waiting = new Map<string, Waiting>()
  const release = (key: string): void => {
    const group = waiting.get(key)
    waiting.delete(key)
    clearTimeout(group?.late)
    for (const go of group?.let ?? []) go()
  }
  return (key) =>
    new Promise((resolve) => {
      const group = waiting.get(key) ?? { let: [], late: setTimeout(release, LONGEST_WAIT_MS, key) }
      waiting.set(key, group)
      group.let.push(resolve)
      if (group.let.length >= copies) release(key)
    })
}
