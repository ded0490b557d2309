/** Which clients a node knows, and whom that keeps out. */
import type { Behaviour } from './behaviour.ts'
import type { Read } from './reading.ts'

export interface Registry {
  /** Strikes a client off, or enters it again. */
  revoke(clientId: string, isRevoked: boolean): void
  /** What it was told last; nothing is known here of whoever never was a client. */
  holds(clientId: string): boolean
}

export function openRegistry(): Registry {
  const revoked = new Set<string>()
  return {
    revoke(clientId, isRevoked) {
      if (isRevoked) revoked.add(clientId)
      else revoked.delete(clientId)
    },
    holds: (clientId) => !revoked.has(clientId),
  }
}

/** Whoever is revoked is nobody. */
export function unlessRevoked(
  read: Read,
  registry: Pick<Registry, 'holds'>,
  { lets }: Pick<Behaviour, 'lets'>,
): Read {
  const { assertion } = read
  if (assertion.usage !== 'client-authentication') return read
  if (lets(assertion, registry.holds(assertion.issuer ?? ''))) return read
  return { ...read, party: null, assertion: { ...assertion, verified: false } }
}
