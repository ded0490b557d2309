/** What a simulated node holds against a credential besides its truth: whom it knows, and with which keys. */
import type { Behaviour } from '../reference/behaviour.ts'
import { keyCache, type KeyCache } from '../reference/key-cache.ts'
import type { Read } from '../reference/reading.ts'
import { openRegistry, unlessRevoked, type Registry } from '../reference/registry.ts'
import type { NamedKey, Published } from './published.ts'
import type { Signed } from './truth.ts'

export interface Standing {
  readonly registry: Registry
  /** The same credential as this node reads it now. */
  of(read: Read, signed: Signed | null): Read
}

/** @param nowSeconds Time that no fault sets back: keys are kept by it. */
export function openStanding(
  behaviour: Behaviour,
  published: Published,
  nowSeconds: () => number,
): Standing {
  const registry = openRegistry()
  const caches = new Map<string, KeyCache<NamedKey>>()
  const keysOf = (clientId: string, kid: string | undefined): readonly NamedKey[] => {
    const cache = caches.get(clientId) ?? keyCache<NamedKey>(behaviour.keyCare, clientId)
    caches.set(clientId, cache)
    const now = nowSeconds()
    if (!cache.isDue(kid, now)) return cache.keys
    cache.tried(now)
    const fresh = published.fetch(clientId)
    if (fresh !== null) cache.fetched(fresh, now)
    return cache.keys
  }
  const verified = (read: Read, signed: Signed | null): Read => {
    const { assertion } = read
    const clientId = assertion.issuer ?? ''
    if (assertion.usage !== 'client-authentication' || !published.publishes(clientId)) return read
    const kid = signed?.kid ?? undefined
    const isKnown = keysOf(clientId, kid).some(
      (key) => (kid === undefined || key.kid === kid) && key.key === signed?.key,
    )
    return isKnown ? read : { ...read, assertion: { ...assertion, verified: false } }
  }
  return {
    registry,
    of: (read, signed) => unlessRevoked(verified(read, signed), registry, behaviour),
  }
}
