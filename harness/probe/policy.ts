/** What of all that was measured a target file may say of its target: parameters of its profile, never wider than there. */
import type { Band, Parameter, Policy, Profile } from '../model/policy.ts'
import type { EdgeFound, Trial, UsageFound } from '../model/probe.ts'
import { narrowed, type Overrides } from '../plan/narrow.ts'

export interface Allowed {
  readonly policy: Overrides
  /** Parameters that would relax the profile, with what was measured. */
  readonly wider: readonly string[]
}

export function policyOf(usages: readonly UsageFound[], profile: Profile): Allowed {
  const found = Object.assign({}, ...usages.map(ofUsage))
  const policy: Record<string, unknown> = {}
  const wider: string[] = []
  for (const [name, value] of Object.entries(found)) {
    const { relaxed, profile: narrower } = narrowed(profile, { [name]: value })
    const own: Readonly<Record<string, unknown>> = { ...profile.policy }
    const now: Readonly<Record<string, unknown>> = { ...narrower.policy }
    if (relaxed.length > 0) wider.push(`${name}: ${JSON.stringify(value)}`)
    else if (JSON.stringify(own[name]) !== JSON.stringify(now[name])) policy[name] = value
  }
  return { policy, wider }
}

function ofUsage(found: UsageFound): Overrides {
  const { usage, edges, lifetime, errors } = found
  return {
    ...(usage === 'client-authentication' ? ofClients(found) : {}),
    ...(usage === 'authorization-grant' ? ofGrants(found) : {}),
    ...band('exp.leewaySeconds', edges, ['exp']),
    ...band('future.leewaySeconds', edges, ['nbf', 'iat']),
    ...(lifetime?.accepted === null || lifetime?.refused === null || lifetime === null
      ? {}
      : { 'lifetime.maxSeconds': lifetime.accepted }),
    ...codesOf(usage, errors),
  }
}

function ofClients({ audiences, identifiers, memory, types }: UsageFound): Overrides {
  const shape = shapeOf(audiences)
  const again = memory?.again ?? []
  const isExplicit =
    is(types, 'client-authentication+jwt', 'accepted') && is(types, 'at+jwt', 'rejected')
  return {
    ...when(isIssuerAlone(audiences), { 'aud.ca.values': 'issuer' }),
    ...(shape === null ? {} : { 'aud.ca.shape': shape }),
    ...when(is(audiences, TWO, 'rejected'), { 'aud.ca.sole': true }),
    ...when(identifiers?.absent.outcome === 'rejected', { 'jti.ca.required': true }),
    ...when(again[0]?.outcome === 'rejected', { 'jti.ca.singleUse': 'required' }),
    ...when(is(again, 'its jti from another party', 'accepted'), { 'jti.scope': 'issuer' }),
    ...when(isExplicit, { 'typ.ca': 'explicit' }),
  }
}

function when(isSo: boolean, overrides: Overrides): Overrides {
  return isSo ? overrides : {}
}

function isIssuerAlone(audiences: readonly Trial[]): boolean {
  return is(audiences, 'the issuer', 'accepted') && is(audiences, 'the token endpoint', 'rejected')
}

function ofGrants({ audiences, identifiers, memory }: UsageFound): Overrides {
  const shape = shapeOf(audiences)
  return {
    ...(is(audiences, 'the issuer', 'accepted') && is(audiences, 'the token endpoint', 'rejected')
      ? { 'aud.grant.values': 'issuer' as const }
      : {}),
    ...(shape === null ? {} : { 'aud.grant.shape': shape }),
    ...(identifiers?.absent.outcome === 'rejected' ? { 'jti.grant.required': true } : {}),
    ...(memory?.again[0]?.outcome === 'rejected'
      ? { 'jti.grant.singleUse': 'required' as const }
      : {}),
  }
}

const TWO = 'a right name and another server'

function shapeOf(audiences: readonly Trial[]): Policy['aud.ca.shape'] | null {
  if (is(audiences, 'one right name, in an array', 'rejected')) return 'string'
  return is(audiences, TWO, 'rejected') ? 'string-or-one' : null
}

/** What every node grants, and what every node refuses, in whole seconds: neither is promised nearer than that. */
function band(
  name: Extract<Parameter, 'exp.leewaySeconds' | 'future.leewaySeconds'>,
  edges: readonly EdgeFound[],
  claims: readonly EdgeFound['claim'][],
): Overrides {
  const own = edges.filter(({ claim }) => claims.includes(claim))
  const lows = own.map(({ leewaySeconds }) => leewaySeconds?.low ?? null)
  const highs = own.map(({ leewaySeconds }) => leewaySeconds?.high ?? null)
  if (own.length === 0 || own.some(({ unsteady }) => unsteady)) return {}
  if (lows.includes(null) || highs.includes(null)) return {}
  const grant = Math.max(0, Math.floor(Math.min(...lows.map((each) => each ?? 0))))
  const refuse = Math.max(0, Math.ceil(Math.max(...highs.map((each) => each ?? 0))))
  const value: Band = { grant, refuse }
  return { [name]: value }
}

function codesOf(usage: UsageFound['usage'], errors: readonly Trial[]): Overrides {
  const refusals = errors.filter(({ outcome }) => outcome === 'rejected')
  const codes = [...new Set(refusals.flatMap(({ code }) => (code === null ? [] : [code])))]
  const statuses = [...new Set(refusals.flatMap(({ status }) => (status === null ? [] : [status])))]
  if (codes.length === 0) return {}
  if (usage === 'client-authentication')
    return {
      'err.ca.codes': codes.toSorted(),
      'err.ca.status': statuses.toSorted((one, other) => one - other),
    }
  return usage === 'authorization-grant' ? { 'err.grant.codes': codes.toSorted() } : {}
}

function is(trials: readonly Trial[], name: string, outcome: Trial['outcome']): boolean {
  return trials.some((each) => each.name === name && each.outcome === outcome)
}
