/** What a node is told when it starts. Plain data: it goes over IPC. */
import type { Json } from '../../harness/model/plan.ts'
import type { AssertionUsage } from './decide.ts'

/** A key with the one algorithm that it may be used with (RFC 8725 §3.1). */
export interface KeyConfig {
  readonly kid: string
  readonly algorithm: string
  readonly jwk: Readonly<Record<string, Json>>
  /** Published by its party, which may sign with nothing of the kind. */
  readonly idle?: true
}

export interface PartyConfig {
  readonly id: string
  readonly subject: string
  readonly usage: AssertionUsage
  /** Public keys. */
  readonly keys: readonly KeyConfig[]
  /** Where it publishes its keys itself; those in `keys` are then none of its own. */
  readonly jwksUri?: string
  /** The algorithms that it is registered for, where that is not told by its keys. */
  readonly algorithms?: readonly string[]
}

export interface NodeConfig {
  readonly issuer: string
  /** The `aud` of the access tokens it issues, and the name its resource endpoint goes by. */
  readonly resource: string
  /** The audience values that assertions may carry. */
  readonly audiences: readonly string[]
  readonly paths: {
    readonly token: string
    readonly introspection: string
    readonly revocation: string
    readonly resource: string
    readonly metadata: string
  }
  readonly storePort: number
  /** Set where the store is a Redis; `remembers` is how many keys it keeps, null for all. */
  readonly redis?: { readonly remembers: number | null }
  /** Signs access tokens; private and public part are the same at every node. */
  readonly tokenKey: { readonly private: KeyConfig; readonly public: KeyConfig }
  readonly parties: readonly PartyConfig[]
  /** The flaw to apply, by name; null for the faultless node. */
  readonly flaw: string | null
  /** The variant to be, by name; absent for the plain reference. */
  readonly variant?: string
}

const MEMBERS = [
  'issuer',
  'resource',
  'audiences',
  'paths',
  'storePort',
  'tokenKey',
  'parties',
  'flaw',
]

/** @throws {TypeError} when what came over IPC is not what session.ts sends. */
export function nodeConfigIn(message: unknown): NodeConfig {
  if (isNodeConfig(message)) return message
  throw new TypeError('not the configuration of a node')
}

function isNodeConfig(message: unknown): message is NodeConfig {
  return (
    typeof message === 'object' && message !== null && MEMBERS.every((member) => member in message)
  )
}
