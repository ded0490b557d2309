/** The choices that specifications leave open. A profile settles them; a target's declarations may narrow them. */
import type { Json } from './plan.ts'

/** What is owed near an edge in time: acceptance up to `grant` seconds past it, rejection from `refuse` on. */
export interface Band {
  readonly grant: number
  readonly refuse: number
}

/** Who counts as named by an audience; `agreed` is whatever target and client agreed (RFC 7523 §3 item 3). */
export type AudienceRule = 'agreed' | 'issuer'
export type AudienceShape = 'any' | 'string-or-one' | 'string'
/** `agreed` is whatever a key is registered for; otherwise the only algorithms there may be (RFC 7518 §3.1). */
export type AlgorithmRule = 'agreed' | readonly string[]
/** `may` reports replays, `required` convicts them; `reuse-allowed` owes acceptance nothing either way. */
export type ReplayRule = 'may' | 'required' | 'reuse-allowed'

/** Named as in docs/profiles.md; `ca` is client authentication, `grant` the jwt-bearer grant. */
export interface Policy {
  readonly 'aud.ca.values': AudienceRule
  readonly 'aud.ca.shape': AudienceShape
  readonly 'aud.ca.sole': boolean
  readonly 'aud.grant.values': AudienceRule
  readonly 'aud.grant.shape': AudienceShape
  readonly 'jti.ca.required': boolean
  readonly 'jti.ca.singleUse': ReplayRule
  readonly 'jti.grant.required': boolean
  readonly 'jti.grant.singleUse': ReplayRule
  readonly 'iss.ca.mustEqualSub': boolean
  readonly 'alg.allow': AlgorithmRule
  readonly 'exp.leewaySeconds': Band
  readonly 'future.leewaySeconds': Band
  readonly 'err.ca.codes': readonly string[]
  readonly 'err.grant.codes': readonly string[]
  /** Which audience the control of client authentication carries. */
  readonly 'control.ca.audience': 'issuer' | 'token-endpoint'
}

export interface Profile {
  readonly name: string
  readonly title: string
  readonly source: string
  readonly policy: Policy
}

/** What a target file says of its target. A declaration narrows what a profile leaves open and never relaxes it. */
export interface Declarations {
  readonly replay: 'single-use' | 'not-promised' | null
  /** The band in which the target says it accepts past an edge, in seconds. */
  readonly leewaySeconds: Band | null
  readonly maxLifetimeSeconds: number | null
  /** `direct` promises that nothing between harness and target retries or answers in its place. */
  readonly path: 'direct' | 'unknown'
  /** Faults across which the target says its replay memory survives. */
  readonly survives: readonly string[]
  readonly [extra: string]: Json | Band
}
