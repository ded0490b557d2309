/** From a draft to a step: the form parameters that go with its credentials, and the markers that a plan can settle. */
import type { Change } from '../model/check.ts'
import type { Due, Json, Source, Step } from '../model/plan.ts'
import type { TargetFacts } from '../model/target.ts'
import { isObject } from '../json.ts'
import type { Claims } from './control.ts'

const CLIENT_ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
const JWT_BEARER_GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer'

/** What a step needs besides its credentials: RFC 7523 §2.1 and §2.2, RFC 6749 §4.4.2, RFC 7662 §2.1. */
export function paramsFor(
  endpoint: string,
  parts: Readonly<Record<string, Source>>,
  scope: string | null,
): readonly (readonly [string, string])[] {
  const params: [string, string][] = []
  if (endpoint === 'token') {
    params.push(['grant_type', 'assertion' in parts ? JWT_BEARER_GRANT : 'client_credentials'])
    if (scope !== null) params.push(['scope', scope])
  }
  if ('client_assertion' in parts) params.push(['client_assertion_type', CLIENT_ASSERTION_TYPE])
  return params
}

export interface Request {
  readonly name: string
  readonly caseId: string
  readonly due: Due
  readonly endpoint: string
  readonly node: string | null
  readonly principal: string
  readonly parts: Readonly<Record<string, Source>>
  readonly race?: string
}

export function stepOf(request: Request, facts: TargetFacts): Step {
  return {
    name: request.name,
    caseId: request.caseId,
    due: request.due,
    endpoint: request.endpoint,
    node: request.node,
    principal: request.principal,
    parts: request.parts,
    params: paramsFor(request.endpoint, request.parts, facts.scope),
    verifierNowSeconds: null,
    race: request.race ?? null,
    onChallenge: 'record',
  }
}

/** The control's claims with the draft's change made and every marker of the target's own facts filled in. */
export function changed(claims: Claims, change: Change | undefined, facts: TargetFacts): Claims {
  const dropped = new Set(change?.drop)
  const kept = Object.entries({ ...claims, ...change?.set }).filter(([name]) => !dropped.has(name))
  return Object.fromEntries(kept.map(([name, value]) => [name, settle(value, facts)]))
}

/** A member set to null is dropped. */
export function changedHeader(header: Claims, change: Change | undefined): Claims {
  return Object.fromEntries(
    Object.entries({ ...header, ...change?.header }).filter(([, value]) => value !== null),
  )
}

function settle(value: Json, facts: TargetFacts): Json {
  if (Array.isArray(value)) return value.map((each: Json) => settle(each, facts))
  if (!isObject(value)) return value
  const which = value['$audience']
  if (which !== undefined) return audience(which, value, facts)
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, settle(each, facts)]),
  )
}

function audience(which: Json, marker: Claims, facts: TargetFacts): string {
  const value = which === 'token-endpoint' ? facts.endpoints.token : ownName(which, facts)
  if (value === undefined) throw new RangeError(`no audience ${JSON.stringify(which)}`)
  const cased = marker['case'] === 'upper-host' ? upperHost(value) : value
  return cased + (typeof marker['suffix'] === 'string' ? marker['suffix'] : '')
}

function ownName(which: Json, facts: TargetFacts): string | undefined {
  if (which === 'resource') return facts.endpoints.resource
  return which === 'issuer' ? facts.issuer : undefined
}

function upperHost(url: string): string {
  return url.replace(/\/\/([^/:]+)/, (_, host: string) => `//${host.toUpperCase()}`)
}
