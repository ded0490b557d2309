/** The control of each usage: the plainest request that deserves acceptance. Every stimulus is one change away from it. */
import type { Json, Usage } from '../model/plan.ts'
import type { Policy } from '../model/policy.ts'
import type { KeyFacts, Principal, TargetFacts } from '../model/target.ts'

/** How long a control's assertion is good for, in seconds: short enough for targets that limit lifetimes to a minute. */
const CONTROL_LIFETIME_SECONDS = 60

export type Claims = Readonly<Record<string, Json>>

/** The parameter or header that a credential of this usage travels in. */
export const PART_OF: Readonly<Record<Usage, string>> = {
  'client-authentication': 'client_assertion',
  'authorization-grant': 'assertion',
  'bearer-token': 'authorization',
  'dpop-proof': 'dpop',
}

/** The two letters that stand for a usage in a case id. */
export const USAGE_LETTERS: Readonly<Record<Usage, string>> = {
  'client-authentication': 'ca',
  'authorization-grant': 'jg',
  'bearer-token': 'v',
  'dpop-proof': 'dp',
}

/** The audience that the control of a usage carries under a policy: one string, for every profile accepts that form. */
export function controlAudience(usage: Usage, policy: Policy, facts: TargetFacts): string {
  if (usage === 'bearer-token') return facts.endpoints.resource ?? facts.issuer
  const wanted =
    usage === 'client-authentication' && policy['control.ca.audience'] === 'token-endpoint'
      ? (facts.endpoints.token ?? facts.issuer)
      : facts.issuer
  const rule =
    usage === 'client-authentication' ? policy['aud.ca.values'] : policy['aud.grant.values']
  const { values } = facts.audiences
  if (rule === 'agreed' && values.length > 0 && !values.includes(wanted)) {
    return values[0] ?? wanted
  }
  return wanted
}

/** What a control says besides who it is by. `stem` is the part of the jti that the plan chooses; the run id follows it. */
export interface ControlContent {
  readonly audience: string
  readonly stem: string
  readonly lifetimeSeconds?: number
}

export function controlClaims(
  usage: Usage,
  by: Principal,
  { audience, stem, lifetimeSeconds = CONTROL_LIFETIME_SECONDS }: ControlContent,
): Claims {
  const claims = {
    iss: by.id,
    sub: by.subject,
    aud: audience,
    jti: { $jti: stem },
    iat: { $now: 0 },
    exp: { $now: lifetimeSeconds },
  }
  return usage === 'bearer-token' ? { ...claims, client_id: by.subject } : claims
}

/** The JOSE header of a control: the key by name, and a type only where verifiers must insist on one (RFC 9068 §4). */
export function controlHeader(
  usage: Usage,
  by: Principal,
  key: KeyFacts | undefined = by.keys[0],
): Claims {
  if (key === undefined) throw new RangeError(`${by.name} has no key`)
  const header = { alg: key.algorithm, kid: key.kid }
  return usage === 'bearer-token' ? { ...header, typ: 'at+jwt' } : header
}
