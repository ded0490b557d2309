/** One assertion as it will be written: the control, with a way of each variation put in. */
import type { Defect, Http, Json, Source, Usage } from '../../model/plan.ts'
import type { Oddity } from '../../model/property.ts'
import type { KeyFacts, Principal } from '../../model/target.ts'
import type { CaseRequest } from './arm.ts'
import { PART_OF, type Claims } from '../control.ts'
import type { Varied } from './ways.ts'

/** All but the jti of one assertion, and what its request has besides. The order of the claims is part of it. */
export type Written = {
  readonly defect: Defect | null
  readonly header: Claims
  readonly claims: Claims
  readonly indent: string
  readonly escapes: '' | 'names' | 'letters'
  /** The name of the key that signs. */
  readonly signer: string
  /** Parameters that nobody knows. */
  readonly params: readonly (readonly [name: string, value: string])[]
  /** What of the form is written in percent signs and digits. */
  readonly escaped: boolean | 'small' | 'spaces'
  /** Absent in what histories of before keep, like the next two. */
  readonly charset?: boolean
  /** How the parameters are moved. */
  readonly moved?: readonly number[]
  readonly oddity?: Oddity | null
}

/** The control that cases are variations of. */
export interface Plain {
  readonly header: Claims
  readonly claims: Claims
  readonly by: Principal
  readonly key: KeyFacts
}

/** What spoils an assertion, with its options drawn. */
export interface Spoiled {
  readonly defect: Defect
  readonly claims: Claims
  readonly header: Claims
}

/** Numbers and lists that say how a case differs from the control: all of them zero or empty for the control itself. */
export interface Choices {
  readonly spoiled: Spoiled | null
  /** By variation, which of its ways: 0 for the control's own. */
  readonly picked: readonly number[]
  readonly unknown: readonly (readonly [name: string, value: Json])[]
  readonly params: Written['params']
  /** How long a claim that nobody knows is. */
  readonly length: number
  readonly moves: readonly number[]
  readonly moved: readonly number[]
  readonly oddity: Oddity | null
}

export function written(control: Plain, variations: readonly Varied[], choices: Choices): Written {
  const { spoiled, unknown, picked, moves, length } = choices
  const header = new Map(Object.entries(control.header))
  const claims = new Map([...Object.entries(control.claims), ...unknown])
  if (length > 0) claims.set(FILLER, 'x'.repeat(length))
  const own = { indent: '', escapes: '', order: '', escaped: false, charset: false } as const
  let how: How = { ...own, signer: control.key.name }
  for (const [at, { variation, others }] of variations.entries()) {
    const value = others[(picked[at] ?? 0) - 1]
    if (value === undefined) continue
    how = { ...how, ...howOf(variation.kind, value) }
    putWay(variation, value, { header, claims })
  }
  const signer = control.by.keys.find(({ name }) => name === how.signer) ?? control.key
  if (signer !== control.key) {
    put(header, 'alg', signer.algorithm)
    if (header.has('kid')) put(header, 'kid', signer.kid)
  }
  const wrong = spoiled ?? UNSPOILED
  for (const [name, value] of Object.entries(wrong.claims)) put(claims, name, value)
  for (const [name, value] of Object.entries(wrong.header)) put(header, name, value)
  return {
    defect: wrong.defect,
    header: Object.fromEntries(header),
    claims: Object.fromEntries(ordered(toFront([...claims], moves), how.order)),
    indent: how.indent,
    escapes: how.escapes,
    signer: signer.name,
    params: choices.params,
    escaped: how.escaped,
    charset: how.charset,
    moved: how.moved ?? choices.moved,
    oddity: choices.oddity,
  }
}

const UNSPOILED = { defect: null, claims: {}, header: {} }

type Members = Map<string, Json>

function putWay(
  variation: Varied['variation'],
  value: Json,
  { header, claims }: { readonly header: Members; readonly claims: Members },
): void {
  if (variation.kind === 'claim') put(claims, variation.name, value)
  if (variation.kind === 'header') put(header, variation.name, value)
  if (variation.kind === 'audience-list') put(claims, 'aud', value)
  if (variation.kind === 'length') put(claims, FILLER, 'x'.repeat(Number(value)))
}

/** A name that no document gives a meaning to. */
export const FILLER = 'cupel_filler'

interface How {
  readonly indent: string
  readonly escapes: Written['escapes']
  readonly order: string
  readonly escaped: Written['escaped']
  readonly charset: boolean
  readonly moved?: readonly number[]
  readonly signer: string
}

type Kind = Varied['variation']['kind']

function howOf(kind: Kind, value: Json): Partial<How> {
  if (kind === 'charset') return { charset: true }
  if (Array.isArray(value) && kind === 'parameter-order') return { moved: value.map(Number) }
  return typeof value === 'string' ? (HOW[kind]?.(value) ?? {}) : {}
}

const HOW: Partial<Record<Kind, (value: string) => Partial<How>>> = {
  indent: (indent) => ({ indent }),
  escapes: (escapes) => (escapes === 'names' || escapes === 'letters' ? { escapes } : {}),
  order: (order) => ({ order }),
  encoding: (way) => ({ escaped: ENCODINGS[way] ?? false }),
  algorithm: (signer) => ({ signer }),
}

const ENCODINGS: Readonly<Record<string, Written['escaped']>> = {
  octets: true,
  'small-octets': 'small',
  'percent-spaces': 'spaces',
}

function put(members: Members, name: string, value: Json): void {
  if (value === null) members.delete(name)
  else members.set(name, value)
}

/** Each move takes the entry at its place, counted around, to the front; without moves the order is the control's. */
function toFront<Entry>(entries: readonly Entry[], moves: readonly number[]): readonly Entry[] {
  const order = [...entries]
  for (const move of moves) order.unshift(...order.splice(move % order.length, 1))
  return order
}

function ordered<Value>(
  entries: readonly (readonly [string, Value])[],
  order: string,
): readonly (readonly [string, Value])[] {
  if (order === 'reversed') return entries.toReversed()
  return order === 'sorted' ? entries.toSorted(([a], [b]) => (a < b ? -1 : 1)) : entries
}

/** The one request of such a case. */
export function requestOf(
  of: Written,
  { by, usage, jti }: { readonly by: Principal; readonly usage: Usage; readonly jti: string },
): CaseRequest {
  const { defect, header, claims, indent, escapes, signer, params, oddity = null } = of
  const source: Source = {
    kind: 'minted',
    usage,
    signer,
    header,
    claims: withIdentifier(claims, jti),
    defect,
    ...(indent === '' ? {} : { indent }),
    ...(escapes === '' ? {} : { escapes }),
    last: true,
  }
  const http = httpOf(of, PART_OF[usage])
  return {
    principal: by,
    source,
    node: null,
    waitMs: 0,
    params: [...(oddity?.params ?? []), ...params],
    ...(Object.keys(http).length === 0 ? {} : { http }),
  }
}

function httpOf({ escaped, charset = false, moved = [], oddity }: Written, part: string): Http {
  const carrier = oddity?.carrier ?? (charset ? 'form-with-charset' : undefined)
  return {
    ...(carrier === undefined ? {} : { carrier }),
    ...(oddity?.assertion === undefined ? {} : { parts: { [part]: oddity.assertion } }),
    ...(escaped === false ? {} : { escaped }),
    ...(moved.length === 0 ? {} : { moved }),
  }
}

/** The claims in their order, under an identifier of their own. */
function withIdentifier(claims: Claims, jti: string): Claims {
  return Object.fromEntries(
    Object.entries(claims).map(([name, value]) => [name, name === 'jti' ? { $jti: jti } : value]),
  )
}

/** As a counterexample is told: what is as the control's is left out, but for header and claims. */
export function toldWritten(of: Written, { key }: Plain): Readonly<Record<string, Json>> {
  const { header, claims, indent, escapes, signer, params, escaped, defect } = of
  const { charset = false, moved = [], oddity = null } = of
  return {
    header,
    claims,
    ...(indent === '' ? {} : { indent }),
    ...(escapes === '' ? {} : { escapes }),
    ...(signer === key.name ? {} : { signer }),
    ...(params.length === 0 ? {} : { params }),
    ...(escaped === false ? {} : { escaped }),
    ...(charset ? { charset } : {}),
    ...(moved.length === 0 ? {} : { moved }),
    ...(oddity === null ? {} : { oddity: { ...oddity } }),
    defect,
  }
}
