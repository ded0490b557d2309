/** What a node is told when it starts. Plain data: it goes over IPC. */
import type { Json } from '../../harness/model/plan.ts'
import type { AssertionUsage } from './decide.ts'

export type Jwk = Readonly<Record<string, Json>>

export interface PartyConfig {
  readonly id: string
  readonly subject: string
  readonly usage: AssertionUsage
  /** Public keys, each with `kid` and the one `alg` it may be used with (RFC 8725 §3.1). */
  readonly keys: readonly Jwk[]
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
    readonly resource: string
  }
  readonly storePort: number
  /** The private key that signs access tokens, the same at every node. */
  readonly tokenKey: Jwk
  readonly parties: readonly PartyConfig[]
  /** The flaw to apply, by name; null for the faultless node. */
  readonly flaw: string | null
}
