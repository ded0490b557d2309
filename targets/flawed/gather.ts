/** Makes a race deterministic: lookups of one key wait for each other, so that all have looked before any saves. */
import type { BeforeAbsent } from '../reference/store-server.ts'

/** How long a lookup waits for company: far longer than a copy that was sent with it is under way. */
const LONGEST_WAIT_MS = 250

/** Lookups that wait for one key. */
interface Waiting {
  readonly go: (() => void)[]
  readonly cancel: () => void
}

/** Calls `act` so much later, unless what it returns is called first. */
export type Later = (afterMs: number, act: () => void) => () => void

/** What comes many times is looked up for other reasons (targets/reference/endpoints.ts): no copy of it is kept waiting for. */
const IN_NO_RACE = 'bearer-token '

/** @param copies How many lookups of one key must have come before any is answered; an integer ≥ 1. */
export function gather(copies: number, later: Later): BeforeAbsent {
  const waiting = new Map<string, Waiting>()
  const release = (key: string): void => {
    const group = waiting.get(key)
    waiting.delete(key)
    group?.cancel()
    for (const go of group?.go ?? []) go()
  }
  return (key, answer) => {
    if (key.startsWith(IN_NO_RACE)) return answer()
    const group = waiting.get(key) ?? {
      go: [],
      cancel: later(LONGEST_WAIT_MS, () => release(key)),
    }
    waiting.set(key, group)
    group.go.push(answer)
    if (group.go.length >= copies) release(key)
  }
}
