/** The control of each usage: the plainest request that deserves acceptance. Every stimulus is one change away from it. */
import type { Json, Source, Usage } from '../model/plan.ts'
import type { Policy } from '../model/policy.ts'
import type { KeyFacts, Principal, Role, TargetFacts } from '../model/target.ts'
import { principalFor } from './principals.ts'

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
  if (usage === 'dpop-proof') return facts.endpoints.token ?? facts.issuer
  const isClient = usage === 'client-authentication'
  const rule = isClient ? policy['aud.ca.values'] : policy['aud.grant.values']
  // Whatever a profile's own requests carry: a target that narrowed it to the issuer must refuse them otherwise.
  if (rule === 'issuer') return facts.issuer
  const wanted =
    isClient && policy['control.ca.audience'] === 'token-endpoint'
      ? (facts.endpoints.token ?? facts.issuer)
      : facts.issuer
  const { values } = facts.audiences
  return values.includes(wanted) ? wanted : (values[0] ?? wanted)
}

/** What a control says besides who it is by. `stem` is the part of the jti that the plan chooses; the run id follows it. */
export interface ControlContent {
  readonly audience: string
  readonly stem: string
  readonly lifetimeSeconds?: number
  /** The client that stands beside it, which a grant must name and a proof cannot. */
  readonly clientId?: string
}

export function controlClaims(
  usage: Usage,
  by: Principal,
  { audience, stem, lifetimeSeconds = CONTROL_LIFETIME_SECONDS, clientId }: ControlContent,
): Claims {
  // RFC 9449 §4.2: the request that a proof belongs to, at the token endpoint, which is its audience here.
  if (usage === 'dpop-proof') {
    return { jti: { $jti: stem }, htm: 'POST', htu: audience, iat: { $now: 0 } }
  }
  const claims = {
    iss: by.id,
    sub: by.subject,
    aud: audience,
    jti: { $jti: stem },
    iat: { $now: 0 },
    exp: { $now: lifetimeSeconds },
  }
  if (usage === 'bearer-token') return { ...claims, client_id: by.subject }
  return clientId === undefined ? claims : { ...claims, client_id: clientId }
}

/**
 * The JOSE header of a control: the key by name, and a type where verifiers must insist on one (RFC 9068 §4, RFC 9449
 * §4.2, or the profile) or may go by it (RFC 7519 §5.1).
 */
export function controlHeader(
  usage: Usage,
  key: KeyFacts,
  { policy, facts }: Pick<Making, 'policy' | 'facts'>,
): Claims {
  const header = { alg: key.algorithm, kid: key.kid }
  switch (usage) {
    case 'bearer-token':
      return {
        ...header,
        typ: facts.declares.supports?.includes('at-jwt') === true ? 'at+jwt' : 'JWT',
      }
    case 'dpop-proof':
      return { alg: key.algorithm, typ: 'dpop+jwt', jwk: { $jwk: 'own' } }
    case 'authorization-grant':
      return policy['typ.grant'] === null ? header : { ...header, typ: policy['typ.grant'] }
    case 'client-authentication':
      return header
  }
}

/** What is signed with unless something else is asked for. */
export function controlKey({ name, keys }: Principal): KeyFacts {
  const key = keys.find(({ mark }) => mark === undefined)
  if (key === undefined) throw new RangeError(`${name} has no key`)
  return key
}

export interface Making {
  readonly policy: Policy
  readonly facts: TargetFacts
  /** Whose role it is that goes along: honest parties never share a request with hostile ones. */
  readonly role: Role
}

/**
 * The client that has to authenticate beside a credential of this usage: for a proof always, for a grant where the
 * profile demands it. Undefined where nobody has to, or nobody can.
 */
export function companion(usage: Usage, { policy, facts, role }: Making): Principal | undefined {
  const needed =
    usage === 'dpop-proof' ||
    (usage === 'authorization-grant' && policy['grant.clientAuth'] === 'required')
  return needed ? principalFor(facts, 'client-authentication', role) : undefined
}

/** A party's control as the source of a part. */
export function controlSource(
  usage: Usage,
  by: Principal,
  stem: string,
  making: Making,
): Extract<Source, { kind: 'minted' }> {
  const { policy, facts } = making
  const key = controlKey(by)
  const clientId = companion(usage, making)?.id
  return {
    kind: 'minted',
    usage,
    signer: key.name,
    header: controlHeader(usage, key, making),
    claims: controlClaims(usage, by, {
      audience: controlAudience(usage, policy, facts),
      stem,
      ...(clientId === undefined ? {} : { clientId }),
    }),
    defect: null,
    last: true,
  }
}

/** Everything in which two controls of a usage can differ, as a text: profiles that agree share their blocks. */
export function controlForm(usage: Usage, policy: Policy, facts: TargetFacts): string {
  const typed = usage === 'authorization-grant' ? policy['typ.grant'] : null
  const beside = companion(usage, { policy, facts, role: 'honest' })?.id ?? null
  return JSON.stringify([controlAudience(usage, policy, facts), typed, beside])
}
