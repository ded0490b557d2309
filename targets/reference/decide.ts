/**
 * What the faultless reference decides about one assertion: claims, windows, audience and replay rule, in their order.
 *
 * Pure, and blind to where the facts come from: the HTTP node calls it after jose has verified the signature, the
 * simulated node with the truth of the part, so the two cannot drift apart.
 */
import type { Json } from '../../harness/model/plan.ts'

export type AssertionUsage = 'client-authentication' | 'authorization-grant' | 'bearer-token'

/** The endpoints that ask for credentials. */
export type Endpoint = 'token' | 'introspection' | 'revocation' | 'resource'

/** The facts of one assertion, whoever established them. Times in seconds since 1970; fractions are allowed. */
export interface Assertion {
  readonly usage: AssertionUsage
  readonly issuer: string | null
  readonly subject: string | null
  readonly audience: Json
  readonly expSeconds: number | null
  readonly nbfSeconds: number | null
  readonly iatSeconds: number | null
  readonly jti: string | null
  readonly algorithm: string | null
  /** The signature verifies under a key of the party named as issuer. */
  readonly verified: boolean
  /** Names of the claims whose JSON type is wrong; they are null above. */
  readonly malformed: readonly string[]
  /** As it was presented: one text for each way in which its bytes may be written. */
  readonly text: string
}

/** Who may sign for a usage, and in whose name. */
export interface Party {
  readonly id: string
  /** The only `sub` it may name. Equal to `id` for client authentication. */
  readonly subject: string
  readonly usage: AssertionUsage
  readonly algorithms: readonly string[]
}

/** How one usage is judged. */
export interface Rules {
  readonly audiences: readonly string[]
  /** Whether an audience value names this server, given the values it answers to. */
  readonly names: (value: string, audiences: readonly string[]) => boolean
  /** `text` takes a string, `sole` an array of one too; `any` takes an array that holds a right value. */
  readonly shape: 'text' | 'sole' | 'any'
  /** Granted on both sides of a window. */
  readonly leewaySeconds: number
  readonly maxLifetimeSeconds: number | null
  readonly singleUse: boolean
}

export type RefusalCode = 'invalid_client' | 'invalid_grant' | 'invalid_token'

export type Decision =
  | { readonly kind: 'refuse'; readonly code: RefusalCode; readonly description: string }
  /** Acceptable unless it was used already. The memory must hold it until `keepUntilSeconds`. */
  | { readonly kind: 'take'; readonly keepUntilSeconds: number }
  | { readonly kind: 'accept' }

/** What the replay memory said to an attempt to insert a key. */
export type Taken = 'inserted' | 'present' | 'unavailable'

export type Outcome =
  | { readonly kind: 'accept' }
  | { readonly kind: 'refuse'; readonly code: RefusalCode; readonly description: string }
  | { readonly kind: 'unavailable' }

/** The leeway of the reference, in seconds (flaws.md, R). */
export const LEEWAY_SECONDS = 10

/** The longest life of an assertion that the reference accepts, in seconds (flaws.md, R). */
export const MAX_LIFETIME_SECONDS = 300

const CODES: Readonly<Record<AssertionUsage, RefusalCode>> = {
  'client-authentication': 'invalid_client',
  'authorization-grant': 'invalid_grant',
  'bearer-token': 'invalid_token',
}

/** The reference's own rules for a usage. Bearer tokens are used many times and live as long as their issuer says. */
export function rulesFor(usage: AssertionUsage, audiences: readonly string[]): Rules {
  const bearer = usage === 'bearer-token'
  return {
    audiences,
    names: exactly,
    shape: bearer ? 'any' : 'sole',
    leewaySeconds: LEEWAY_SECONDS,
    maxLifetimeSeconds: bearer ? null : MAX_LIFETIME_SECONDS,
    singleUse: !bearer,
  }
}

/** Audiences are compared as strings of code points, without any normalisation (RFC 7523 §3 item 3, RFC 3986 §6.2.1). */
export function exactly(value: string, audiences: readonly string[]): boolean {
  return audiences.includes(value)
}

/** A decision about one assertion by the deciding node's own clock. */
export type Decide = typeof decide

/**
 * Decides everything but the replay memory, which is asked last: what a refused assertion carries is never remembered,
 * so nobody can spend another party's identifier.
 *
 * @param party The registered party that the assertion names as its issuer, for its usage; null if there is none.
 * @param nowSeconds The deciding node's own clock.
 */
export function decide(
  assertion: Assertion,
  party: Party | null,
  rules: Rules,
  nowSeconds: number,
): Decision {
  const wrong =
    wrongSigner(assertion, party) ??
    wrongAudience(assertion, rules) ??
    wrongTime(assertion, rules, nowSeconds) ??
    wrongLifetime(assertion, rules, nowSeconds)
  if (wrong !== null) return refuse(assertion.usage, wrong)
  if (!rules.singleUse) return { kind: 'accept' }
  if (assertion.jti === null || assertion.jti === '')
    return refuse(assertion.usage, 'jti is required')
  return {
    kind: 'take',
    keepUntilSeconds: Math.ceil((assertion.expSeconds ?? 0) + rules.leewaySeconds),
  }
}

/** What an assertion is remembered by: the length of the issuer tells where it ends, whatever stands in the parts. */
export function replayKey({ usage, issuer, jti }: Assertion): string {
  return `${usage} ${issuer?.length ?? '-'} ${issuer ?? ''} ${jti ?? ''}`
}

/** The outcome once the memory has answered. */
export function settle(usage: AssertionUsage, taken: Taken): Outcome {
  if (taken === 'inserted') return { kind: 'accept' }
  if (taken === 'unavailable') return { kind: 'unavailable' }
  return refuse(usage, 'the assertion has been used already')
}

/** A refusal in the words of a usage (RFC 7523 §3.1 and §3.2, RFC 6750 §3.1). */
export function refuse(
  usage: AssertionUsage,
  description: string,
): { kind: 'refuse'; code: RefusalCode; description: string } {
  return { kind: 'refuse', code: CODES[usage], description }
}

function wrongSigner(assertion: Assertion, party: Party | null): string | null {
  const { usage, issuer, subject, algorithm, verified, malformed } = assertion
  if (malformed.length > 0) return `of the wrong type: ${malformed.join(', ')}`
  if (issuer === null || party === null || party.id !== issuer) return 'iss is missing or unknown'
  if (algorithm === null || !party.algorithms.includes(algorithm))
    return 'the algorithm is not allowed for this party'
  if (!verified) return 'the signature does not verify'
  if (subject === null) return 'sub is required'
  if (usage !== 'bearer-token' && subject !== party.subject)
    return 'sub is not one this issuer may name'
  return null
}

function wrongAudience({ audience }: Assertion, { audiences, names, shape }: Rules): string | null {
  const values: readonly Json[] = Array.isArray(audience) ? audience : [audience]
  if (!values.every((value) => typeof value === 'string'))
    return 'aud is missing or of the wrong type'
  if (shape === 'text' && Array.isArray(audience)) return 'aud must be one text'
  if (shape !== 'any' && values.length !== 1) return 'aud must name exactly one audience'
  return values.some((value) => names(value, audiences)) ? null : 'aud does not name this server'
}

function wrongTime(
  { expSeconds, nbfSeconds, iatSeconds }: Assertion,
  { leewaySeconds }: Rules,
  nowSeconds: number,
): string | null {
  if (expSeconds === null) return 'exp is required'
  if (nowSeconds >= expSeconds + leewaySeconds) return 'the assertion has expired'
  if (nbfSeconds !== null && nowSeconds < nbfSeconds - leewaySeconds)
    return 'the assertion is not valid yet'
  if (iatSeconds !== null && nowSeconds < iatSeconds - leewaySeconds)
    return 'the assertion was issued in the future'
  return null
}

function wrongLifetime(
  { expSeconds, iatSeconds }: Assertion,
  { leewaySeconds, maxLifetimeSeconds }: Rules,
  nowSeconds: number,
): string | null {
  if (maxLifetimeSeconds === null || expSeconds === null) return null
  const fromNow = expSeconds - nowSeconds > maxLifetimeSeconds + leewaySeconds
  const fromIssue = iatSeconds !== null && expSeconds - iatSeconds > maxLifetimeSeconds
  return fromNow || fromIssue ? `lives longer than ${maxLifetimeSeconds} s` : null
}
