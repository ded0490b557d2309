/** Who an assertion is meant for: RFC 7523 section 3 item 3, narrowed by the profile (RFC 10070 section 4, FAPI 2.0). */
import type { Json } from '../../model/plan.ts'
import type { JudgedTarget } from '../../model/judging.ts'
import type { AudienceRule, AudienceShape, Support } from '../../model/policy.ts'
import type { Grounds, Untimed } from './grounds.ts'

/** What a profile and a target's declarations make of audiences for one usage. */
interface AudiencePolicy {
  /** The values that name the target. */
  readonly names: readonly string[]
  /** Whether the issuer alone may be named. */
  readonly issuerOnly: boolean
  /** Values that some profiles take for the target's name and others do not. */
  readonly disputed: readonly string[]
  readonly shape: AudienceShape
  /** Whether every value must name the target. */
  readonly sole: boolean
  readonly spec: string
}

/** Values are compared character by character (RFC 3986 §6.2.1); nothing is normalised. */
export function audienceRule(matter: Untimed): Grounds | null {
  const policy = policyFor(matter)
  if (policy === null) return null
  const { audience } = matter.truth
  const values = valuesOf(audience)
  if (audience === null && isOptional(matter)) {
    return ground('either', 'it names no audience, and need not', policy, null)
  }
  if (values === null || values.length === 0) {
    return ground('reject', 'it names nobody as its audience', policy, 'audience/missing-accepted')
  }
  const naming = values.filter((value) => policy.names.includes(value))
  if (naming.length === 0) return unnamed(values, policy, matter)
  return misshapen(audience, naming.length === values.length, policy)
}

/** A claim that JWTs may have (RFC 7519 §4.1.3), and access tokens of RFC 9068 and JWT-SVIDs must. */
function isOptional({ usage, target: { declares } }: Untimed): boolean {
  return usage === 'bearer-token' && !DEMANDING.some((each) => declares.supports?.includes(each))
}

const DEMANDING: readonly Support[] = ['at-jwt', 'spiffe']

function policyFor({ policy, target, usage }: Untimed): AudiencePolicy | null {
  switch (usage) {
    case 'client-authentication': {
      const rule = policy['aud.ca.values']
      return {
        ...namesBy(rule, target),
        shape: policy['aud.ca.shape'],
        sole: policy['aud.ca.sole'],
        spec: rule === 'issuer' ? 'RFC 10070 §4' : 'RFC 7523 §3 item 3',
      }
    }
    case 'authorization-grant':
      return {
        ...namesBy(policy['aud.grant.values'], target),
        shape: policy['aud.grant.shape'],
        sole: false,
        spec: 'RFC 7523 §3 item 3',
      }
    case 'bearer-token': {
      const names = target.resource === null ? [] : [target.resource]
      const rest = { issuerOnly: false, disputed: [], shape: 'any', sole: false } as const
      return { names, ...rest, spec: 'RFC 9068 §4' }
    }
    case 'dpop-proof':
      return null
  }
}

/** Where nothing is settled, only what every rule takes for a name is one. */
function namesBy(
  rule: AudienceRule,
  { issuer, audiences: { values: agreed }, tokenEndpoint }: JudgedTarget,
): Pick<AudiencePolicy, 'names' | 'issuerOnly' | 'disputed'> {
  switch (rule) {
    case 'issuer':
      return { names: [issuer], issuerOnly: true, disputed: [] }
    case 'agreed':
      return { names: agreed, issuerOnly: false, disputed: [] }
    case 'open':
      return {
        names: agreed.filter((value) => value === issuer),
        issuerOnly: false,
        disputed: [...agreed, issuer, ...(tokenEndpoint === null ? [] : [tokenEndpoint])],
      }
  }
}

/** Its strings, or null if it is no audience at all; members that are no strings name nobody (RFC 7519 §4.1.3). */
function valuesOf(audience: Json): readonly string[] | null {
  if (typeof audience === 'string') return [audience]
  if (!Array.isArray(audience)) return null
  return audience.filter((value: Json) => typeof value === 'string')
}

/**
 * None of the values names the target as far as is known. That convicts only where it is known for certain: a list that
 * the target calls complete, a value that was made up to be foreign, or the token endpoint where only the issuer counts.
 */
function unnamed(values: readonly string[], policy: AudiencePolicy, matter: Untimed): Grounds {
  const { defect } = matter.truth
  const { tokenEndpoint, audiences } = matter.target
  if (values.some((value) => policy.disputed.includes(value))) {
    const because = 'whether its audience names the target is for its profile to say'
    return ground('either', because, policy, null)
  }
  if (defect?.kind === 'audience' && defect['form'] === 'foreign') {
    return ground('reject', 'it was made for somebody else', policy, 'audience/foreign-accepted')
  }
  const isEndpoint = values.every((value) => value === tokenEndpoint)
  const isOther = defect?.kind === 'audience' && defect['form'] === 'par'
  if ((isEndpoint || isOther) && policy.issuerOnly) {
    const because = 'it names an endpoint where only the issuer may be named'
    return ground('reject', because, policy, 'audience/endpoint-accepted')
  }
  if (audiences.complete && !isOwn(values, policy, matter.target)) {
    const because = 'its audience is none of those the target says it answers to'
    const finding = isEndpoint ? 'audience/endpoint-accepted' : 'audience/foreign-accepted'
    return { ...ground('reject', because, policy, finding), declared: true }
  }
  const because = 'its audience is not known to be foreign'
  return ground('either', because, policy, null)
}

/** A resource goes by one name here; what else the target answers to is not foreign to it. */
function isOwn(
  values: readonly string[],
  { issuerOnly }: AudiencePolicy,
  { audiences }: JudgedTarget,
): boolean {
  return !issuerOnly && values.some((value) => audiences.values.includes(value))
}

/** It names the target; what is left is how. */
function misshapen(audience: Json, onlyTarget: boolean, policy: AudiencePolicy): Grounds | null {
  if (typeof audience === 'string') return null
  const { length } = Array.isArray(audience) ? audience : []
  if (policy.shape === 'open') {
    return ground('either', 'whether an audience may be a list is not settled', policy, null)
  }
  if (policy.shape === 'string') {
    return ground('reject', 'its audience is an array where one string must stand', policy, null)
  }
  if (length === 1) return null
  const all = onlyTarget && Array.isArray(audience) && audience.every(isString)
  if (!all && policy.sole) {
    const because = 'it names others beside the target, which must stand alone'
    return ground('reject', because, policy, 'audience/foreign-accepted')
  }
  if (policy.shape === 'string-or-one' || (Array.isArray(audience) && !audience.every(isString))) {
    return ground('either', 'whether an array of that form may stand is not settled', policy, null)
  }
  return null
}

function isString(value: Json): value is string {
  return typeof value === 'string'
}

function ground(
  deserves: 'reject' | 'either',
  because: string,
  { spec }: AudiencePolicy,
  finding: string | null,
): Grounds {
  return { deserves, rule: 'audience', because, spec, declared: false, finding }
}
