/** From a draft to a step: the form parameters that go with its credentials, and the markers that a plan can settle. */
import type { Change, FormChange, HttpDraft } from '../model/check.ts'
import type { Due, Http, Json, Source, Step } from '../model/plan.ts'
import type { Principal, TargetFacts } from '../model/target.ts'
import { isObject } from '../json.ts'
import { controlKey, type Claims } from './control.ts'

const CLIENT_ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
const JWT_BEARER_GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer'

/** What a step needs besides its credentials: RFC 7523 §2.1 and §2.2, RFC 6749 §4.4.2, RFC 7662 §2.1. */
export function paramsFor(
  { endpoint, principal, parts }: Pick<Request, 'endpoint' | 'principal' | 'parts'>,
  facts: TargetFacts,
): readonly (readonly [string, string])[] {
  const { scope } = facts
  const params: [string, string][] = []
  if (endpoint === 'token') {
    params.push(['grant_type', 'assertion' in parts ? JWT_BEARER_GRANT : 'client_credentials'])
    if (scope !== null) params.push(['scope', scope])
  }
  if (endpoint === 'par') params.push(...PUSHED)
  const assertion = parts['client_assertion']
  if (assertion === undefined) return params
  params.push(['client_assertion_type', CLIENT_ASSERTION_TYPE])
  const id = facts.sendsClientId === true ? clientIdOf(assertion, principal, facts) : undefined
  if (id !== undefined) params.push(['client_id', id])
  return params
}

/** The party that asks, whatever its assertion says of it; beside a grant, which is somebody else's, whom it is about. */
function clientIdOf(
  assertion: Source,
  asks: string,
  { principals }: TargetFacts,
): string | undefined {
  const party = principals.find(({ name }) => name === asks)
  if (party?.usage === 'client-authentication') return party.id
  const claims = assertion.kind === 'minted' ? assertion.claims : null
  const subject = isObject(claims) ? claims['sub'] : undefined
  return typeof subject === 'string' ? subject : undefined
}

/** What a PAR endpoint wants to be pushed besides the client's authentication (RFC 9126 §2.1). */
const PUSHED: readonly [string, string][] = [
  ['response_type', 'code'],
  ['redirect_uri', 'https://client.cupel.example/back'],
]

export interface Request {
  readonly name: string
  readonly caseId: string
  readonly due: Due
  readonly endpoint: string
  readonly node: string | null
  readonly principal: string
  readonly parts: Readonly<Record<string, Source>>
  readonly race?: string
  /** What differs in the form; its markers are filled in. */
  readonly form?: FormChange
  readonly http?: Http
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
    params: changedForm(paramsFor(request, facts), request.form),
    ...(request.http === undefined ? {} : { http: request.http }),
    verifierNowSeconds: null,
    race: request.race ?? null,
    onChallenge: 'record',
  }
}

/** Whom markers of parties are filled in from. */
export interface Parties {
  readonly own: Principal
  readonly another: Principal | undefined
}

type Settling = Partial<Parties> & { readonly facts: TargetFacts }

/** The control's claims with the draft's change made and every marker of the target's own facts filled in. */
export function changed(
  claims: Claims,
  change: Change | undefined,
  facts: TargetFacts,
  parties?: Parties,
): Claims {
  const from = { facts, ...parties }
  const dropped = new Set(change?.drop)
  const kept = Object.entries({ ...claims, ...change?.set }).filter(([name]) => !dropped.has(name))
  return Object.fromEntries(kept.map(([name, value]) => [name, settle(value, from)]))
}

/** A change of the form with its markers filled in. */
export function settledForm(
  { drop, set, repeat }: FormChange,
  facts: TargetFacts,
  parties: Parties,
): FormChange {
  const from = { facts, ...parties }
  const settled = (values: Readonly<Record<string, Json>> = {}): Readonly<Record<string, Json>> =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, settle(value, from)]))
  return { drop: drop ?? [], set: settled(set), repeat: settled(repeat) }
}

function changedForm(
  params: readonly (readonly [string, string])[],
  { drop = [], set = {}, repeat = {} }: FormChange = {},
): readonly (readonly [string, string])[] {
  const replaced = [...drop, ...Object.keys(set)]
  return [...texts(repeat), ...params.filter(([name]) => !replaced.includes(name)), ...texts(set)]
}

function texts(values: Readonly<Record<string, Json>>): readonly (readonly [string, string])[] {
  return Object.entries(values).map(([name, value]) => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value),
  ])
}

/** A secret that nobody registered, as RFC 6749 §2.3.1 has clients send theirs. */
const NOBODYS_SECRET = 'nobody-registered-this'

export function settledHttp({ basic, ...http }: HttpDraft, { own }: Parties): Http {
  if (basic !== true) return http
  const pair = `${encodeURIComponent(own.id)}:${NOBODYS_SECRET}`
  return { ...http, authorization: `Basic ${Buffer.from(pair).toString('base64')}` }
}

/** A member set to null is dropped. */
export function changedHeader(header: Claims, change: Change | undefined, from?: Settling): Claims {
  return Object.fromEntries(
    Object.entries({ ...header, ...change?.header })
      .filter(([, value]) => value !== null)
      .map(([name, value]) => [name, from === undefined ? value : settle(value, from)]),
  )
}

function settle(value: Json, from: Settling): Json {
  if (Array.isArray(value)) return value.map((each: Json) => settle(each, from))
  if (!isObject(value)) return value
  const which = value['$audience']
  if (which !== undefined) return audience(which, value, from.facts)
  if ('$party' in value) return partyIn(value, from)
  if ('$kid' in value) return kidIn(value, from)
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, settle(each, from)]))
}

function partyIn(marker: Claims, { own, another }: Settling): string {
  const party = marker['$party'] === 'own' ? own : another
  if (party === undefined) throw new RangeError(`no party ${JSON.stringify(marker)}`)
  return spelt(marker['member'] === 'subject' ? party.subject : party.id, marker)
}

/** The name of the own party's key, spelt as the marker says. */
function kidIn(marker: Claims, { own }: Settling): string {
  if (own === undefined) throw new RangeError('no party has the key')
  return spelt(controlKey(own).kid, { spelling: marker['$kid'] ?? null })
}

function textOf(value: Json): string {
  return typeof value === 'string' ? value : ''
}

/** How an audience may be spelt otherwise and mean, to a careless reader, the same. */
const SPELLINGS: Readonly<Record<string, (url: string) => string>> = {
  'upper-host': (url) =>
    url.replace(/\/\/([^/:]+)/, (_, host: string) => `//${host.toUpperCase()}`),
  'plain-http': (url) => url.replace(/^https:/, 'http:'),
  'default-port': (url) => url.replace(/^(https:\/\/[^/:]+)(?=\/|$)/, '$1:443'),
  'percent-encoded': (url) =>
    url.replace(/\/\/([a-z])/, (_, letter: string) => `//%${hex(letter)}`),
  'another-host': (url) => url.replace(/\/\/[^/]+/, '//somebody-else.example'),
  shortened: (url) => url.slice(0, -1),
  'other-case': (name) => (name === name.toUpperCase() ? name.toLowerCase() : name.toUpperCase()),
}

/** A name as its marker spells it. */
function spelt(name: string, marker: Claims): string {
  const {
    prefix = null,
    spelling = null,
    suffix = null,
  }: { readonly [option: string]: Json | undefined } = marker
  const other = typeof spelling === 'string' ? (SPELLINGS[spelling]?.(name) ?? name) : name
  return textOf(prefix) + other + textOf(suffix)
}

function audience(which: Json, marker: Claims, facts: TargetFacts): string {
  const value = ownName(which, facts)
  if (value === undefined) throw new RangeError(`no audience ${JSON.stringify(which)}`)
  return spelt(value, marker)
}

function hex(letter: string): string {
  return letter.charCodeAt(0).toString(16)
}

function ownName(which: Json, { issuer, endpoints }: TargetFacts): string | undefined {
  const names: Readonly<Record<string, string | undefined>> = {
    issuer,
    'token-endpoint': endpoints.token,
    resource: endpoints.resource,
    par: endpoints.par,
  }
  return typeof which === 'string' ? names[which] : undefined
}
