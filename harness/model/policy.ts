/** The choices that specifications leave open. A profile settles them; a target's declarations may narrow them. */
import type { Json } from './plan.ts'

/** What is owed near an edge in time: acceptance up to `grant` seconds past it, rejection from `refuse` on. */
export interface Band {
  readonly grant: number
  readonly refuse: number
}

/**
 * `open` settles nothing: either way is right. It stands in the profile that judges only what all others agree on.
 */
export type Open = 'open'
/**
 * Who counts as named by an audience. `agreed` is whatever target and client agreed (RFC 7523 §3 item 3), `issuer` the
 * issuer alone.
 */
export type AudienceRule = 'agreed' | 'issuer' | Open
export type AudienceShape = 'any' | 'string-or-one' | 'string' | Open
/** `agreed` is whatever a key is registered for; otherwise the only algorithms there may be (RFC 7518 §3.1). */
export type AlgorithmRule = 'agreed' | readonly string[] | Open
/**
 * `may` reports replays, `required` convicts them, `unless-agreed` does where the target does not say that reuse was
 * agreed; `reuse-allowed` owes acceptance nothing either way.
 */
export type ReplayRule = 'may' | 'required' | 'unless-agreed' | 'reuse-allowed'
/**
 * What the `typ` of a client assertion may be. `any` looks at none; `explicit` takes the type of RFC 10070 §4 and none
 * at all, and ought to refuse that of another kind; `plain` is for JWT-SVIDs, whose type says nothing.
 */
export type ClientTypeRule = 'any' | 'explicit' | 'plain' | Open

/** Named as in docs/profiles.md; `ca` is client authentication, `grant` the jwt-bearer grant. */
export interface Policy {
  readonly 'aud.ca.values': AudienceRule
  readonly 'aud.ca.shape': AudienceShape
  readonly 'aud.ca.sole': boolean
  /** At the endpoint for pushed requests: its own URL and the token endpoint's too, or the issuer alone. */
  readonly 'aud.par.values': 'endpoints' | 'issuer' | Open
  readonly 'aud.grant.values': AudienceRule
  readonly 'aud.grant.shape': AudienceShape
  readonly 'jti.ca.required': boolean | Open
  readonly 'jti.ca.singleUse': ReplayRule
  readonly 'jti.grant.required': boolean | Open
  readonly 'jti.grant.singleUse': ReplayRule
  /** Whether a client assertion must name its issuer; a JWT-SVID need not. */
  readonly 'iss.ca.required': boolean
  /** Whether an identifier is remembered for its issuer alone; `open` only tells. */
  readonly 'jti.scope': 'issuer' | Open
  readonly 'iss.ca.mustEqualSub': boolean | Open
  readonly 'alg.allow': AlgorithmRule
  /** Whether a shared secret may authenticate a client. */
  readonly 'mac.allowed': boolean | Open
  readonly 'typ.ca': ClientTypeRule
  /** The type that a grant must have; null where it may have any or none. */
  readonly 'typ.grant': string | null
  readonly 'exp.leewaySeconds': Band
  readonly 'future.leewaySeconds': Band
  /** The longest life that must be accepted is any; longer than this must be refused. Null where no document says. */
  readonly 'lifetime.maxSeconds': number | null
  /** Whether a grant is taken only beside a client's own authentication. */
  readonly 'grant.clientAuth': 'required' | 'optional' | Open
  /** Of a member that stands twice the last may count, or none. */
  readonly 'dup.policy': 'reject' | Open
  /** Spare bits at the end of a segment that are not zero. */
  readonly 'b64.trailingBits': 'reject' | Open
  readonly 'err.ca.codes': readonly string[]
  readonly 'err.ca.status': readonly number[]
  readonly 'err.grant.codes': readonly string[]
  /** Codes of a target's own (RFC 6749 §8.5) with which it says that it refuses an assertion. Older histories have none. */
  readonly 'err.own.codes'?: readonly string[]
  /** Whether `Pragma: no-cache` must come with a token besides `Cache-Control: no-store`. */
  readonly 'hdr.pragma': 'required' | Open
  readonly 'dpop.jti.singleUse': ReplayRule
  /** Which audience the control of client authentication carries. */
  readonly 'control.ca.audience': 'issuer' | 'token-endpoint'
}

export type Parameter = keyof Policy

export interface Profile {
  readonly name: string
  readonly title: string
  readonly source: string
  readonly policy: Policy
}

/** What may be agreed upon beyond RFC 7523, or left. */
export type Support =
  | 'dpop'
  | 'mutual-tls'
  | 'token-exchange'
  | 'id-jag'
  | 'spiffe'
  /** Its access tokens are those of RFC 9068. */
  | 'at-jwt'

/** What a target file says of its target. A declaration narrows what a profile leaves open and never relaxes it. */
export interface Declarations {
  readonly replay: 'single-use' | 'not-promised' | null
  /** The band in which the target says it accepts past an edge, in seconds. */
  readonly leewaySeconds: Band | null
  readonly maxLifetimeSeconds: number | null
  /** `direct` promises that nothing between harness and target retries or answers in its place. */
  readonly path: 'direct' | 'unknown'
  /** How long after a key was published it is taken, and how long after it was removed, or its client or the token itself revoked, no longer. */
  readonly propagationSeconds?: {
    readonly newKey?: number
    readonly removedKey?: number
    readonly revoked?: number
    readonly revokedToken?: number
  }
  /** Faults across which the target says its replay memory survives. */
  readonly survives: readonly string[]
  /** Endpoints of which each refuses what another of them has accepted. One that is not named remembers for itself. */
  readonly remembersAcross?: readonly string[]
  /** `as-registered` promises that a key verifies what it is registered for, and nothing signed in another way. */
  readonly algorithms?: 'as-registered' | null
  /** What it takes beyond RFC 7523. */
  readonly supports?: readonly Support[]
  readonly [extra: string]: Json | Band | undefined
}
