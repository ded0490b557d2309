/** What is read of a credential, whoever reads it: a live node from its bytes, a simulated one from its truth. */
import type { Json } from '../../harness/model/plan.ts'
import type { Assertion, AssertionUsage, Party } from './decide.ts'

/** A credential as it stands in a request. */
export interface Credential {
  readonly text: string
  readonly usage: AssertionUsage
}

export interface Read {
  readonly assertion: Assertion
  /** The registered party that it names as its issuer, for its usage. */
  readonly party: Party | null
  /** The value of the `typ` header, lower-cased, without `application/` (RFC 7515 §4.1.9). */
  readonly type: string | null
  readonly claims: Claims
}

export type Claims = Readonly<Record<string, Json>>

/** Knows every credential of the request that is being answered. */
export type Reading = (credential: Credential) => Read
