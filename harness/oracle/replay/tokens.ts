/** Which tokens a target hands out for more than one assertion. */
import type { Use } from './use.ts'

export interface Tokens {
  /** Takes an acceptance. */
  see(key: string, use: Use): void
  /** Whether its token came for another key as well. A group that closed before that was seen keeps its `sameToken`. */
  readonly shared: (use: Use) => boolean
}

/** How many shared tokens are kept in mind; beyond that the oldest is forgotten, which convicts nobody. */
const SHARED_MOST = 100_000

interface Latest {
  token: string
  key: string
}

/**
 * A target that keeps a token for a client hands it to one request after another, so that comparing each with the one
 * before finds it out. By principal, since tokens are kept for clients, and by part, since one request may bring two
 * credentials, each under a key of its own, and has one token.
 */
export function openTokens(most = SHARED_MOST): Tokens {
  const latest = new Map<string, Map<string, Latest>>()
  const shared = new Set<string>()
  return {
    see(key, { principal, part, token }) {
      if (token === null) return
      const parts = latest.get(principal) ?? new Map<string, Latest>()
      if (parts.size === 0) latest.set(principal, parts)
      const before = parts.get(part)
      if (before === undefined) return void parts.set(part, { token, key })
      if (before.token === token && before.key !== key) {
        shared.add(nameOf(part, token))
        const [oldest] = shared
        if (shared.size > most && oldest !== undefined) shared.delete(oldest)
      }
      before.token = token
      before.key = key
    },
    shared: ({ part, token }) => token !== null && shared.has(nameOf(part, token)),
  }
}

function nameOf(part: string, token: string): string {
  return `${part} ${token}`
}
