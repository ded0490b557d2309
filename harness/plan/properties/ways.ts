/** In which ways a variation can differ from the control of one party, under one policy; none where it makes no sense. */
import type { Json, Usage } from '../../model/plan.ts'
import type { Policy, Support } from '../../model/policy.ts'
import type { Variation } from '../../model/property.ts'
import type { KeyFacts, Principal } from '../../model/target.ts'
import type { Claims } from '../control.ts'

export interface Varying {
  readonly usage: Usage
  readonly by: Principal
  readonly policy: Policy
  /** What the target takes beyond RFC 7523. */
  readonly supports: readonly Support[]
  /** The claims of the control. */
  readonly claims: Claims
}

/** A variation with the ways that are other than the control's. */
export interface Varied {
  readonly variation: Variation
  readonly others: readonly Json[]
}

/** The variations that make no difference to the party and usage in question. */
export function varied(variations: readonly Variation[], varying: Varying): readonly Varied[] {
  return variations
    .filter((each) => isHarmless(each, varying))
    .map((variation) => ({ variation, others: othersOf(variation, varying) }))
}

function isHarmless(variation: Variation, varying: Varying): boolean {
  const { usage, by, policy } = varying
  if (variation.kind === 'audience-list') return maySayList(usage, policy)
  if (variation.kind === 'header' && !mayHaveMember(variation.name, varying)) return false
  if (variation.kind === 'claim' && variation.others.includes(null) && !mayLack(varying))
    return false
  const usages = 'usages' in variation ? variation.usages : undefined
  const needs = 'needs' in variation ? variation.needs : undefined
  return (usages?.includes(usage) ?? true) && (needs === undefined || by.keys.length === 1)
}

/** A JWT-SVID has no other type and no further member (JWT-SVID §2); a grant has the type that its profile wants. */
function mayHaveMember(name: string, { usage, policy, supports }: Varying): boolean {
  switch (usage) {
    case 'client-authentication':
      return policy['typ.ca'] === 'any' || policy['typ.ca'] === 'explicit'
    case 'authorization-grant':
      return name !== 'typ' || policy['typ.grant'] === null
    case 'bearer-token':
      return !supports.includes('spiffe')
    case 'dpop-proof':
      return true
  }
}

/** What RFC 7523 §3 makes optional an identity assertion must have (ID-JAG §3.1), like an identifier. */
function mayLack({ usage, policy }: Varying): boolean {
  return usage !== 'authorization-grant' || policy['jti.grant.required'] === false
}

function othersOf(variation: Variation, { by, policy, claims }: Varying): readonly Json[] {
  if ('others' in variation) return variation.others
  switch (variation.kind) {
    case 'order':
      return variation.ways
    case 'length':
      return [variation.most]
    case 'algorithm':
      return otherKeys(by, policy).map(({ name }) => name)
    case 'audience-list':
      return [[claims['aud'] ?? null]]
    case 'charset':
      return [true]
    case 'parameter-order':
      return [ANOTHER_ORDER]
    case 'unknown-claims':
    case 'unknown-parameters':
      return []
  }
}

/** Of the parameters, where none is drawn: the first few the other way round. */
const ANOTHER_ORDER = [1, 2, 3]

function maySayList(usage: Usage, policy: Policy): boolean {
  if (usage === 'bearer-token') return true
  const shape =
    usage === 'client-authentication' ? policy['aud.ca.shape'] : policy['aud.grant.shape']
  return shape === 'any' || shape === 'string-or-one'
}

/** Keys that it is registered with besides the first, of algorithms that the profile allows. */
function otherKeys({ keys }: Principal, policy: Policy): readonly KeyFacts[] {
  const registered = keys.filter(({ mark }) => mark === undefined)
  const allowed = policy['alg.allow']
  return registered
    .slice(1)
    .filter(({ algorithm }) => !Array.isArray(allowed) || allowed.includes(algorithm))
}
