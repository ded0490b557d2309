import { find } from '../reference/asking.ts'
import type { Flaw } from './flaw.ts'

/** How long it takes until all that stands behind one address has heard: less than the reference says that it does. */
const HEARD_AFTER_MS = 900

export const revokedTokenFlickers: Flaw = {
  name: 'revoked-token-flickers',
  title:
    'A revoked token is refused by a node and taken again, until all of its workers have heard',
  seenIn: 'nodes of several processes that each keep what they have been told',
  caughtBy: [],
  notedAs: ['tokens/revoked-accepted-again'],
  may: [],
  shows: 'in-keys',
  apply(faultless, nowMs) {
    const heardMs = new Map<string, number>()
    return {
      ...faultless,
      revocations: {
        ...faultless.revocations,
        *find(key) {
          const found = yield* find(key)
          if (found !== 'present') return found
          const heard = heardMs.get(key)
          if (heard === undefined) heardMs.set(key, nowMs())
          return heard === undefined || nowMs() - heard >= HEARD_AFTER_MS ? 'present' : 'absent'
        },
      },
    }
  },
}
