/** What many assertions have in common: all but their identifiers and times. Told once, it need not be told again. */
import type { Truth } from '../model/history.ts'
import type { Json } from '../model/plan.ts'
import { truthOf, type MintContext, type MintedSource } from './mint.ts'

/** One shape of source, by what was first seen of it. */
export interface Mould {
  readonly id: number
  readonly source: MintedSource
  /** How many sources had it. */
  seen: number
  /** What is so of those for one second, but for their identifiers. */
  truth: { readonly second: number; readonly of: Truth } | null
}

/**
 * Finds the mould of a source by comparing what its parts are, not what is in them: whoever plans a stream of requests
 * makes each part once and shares it.
 */
export class Moulds {
  readonly #byHeader = new WeakMap<object, Mould[]>()
  #made = 0

  /** Null for a source whose identifier is not simply its own. */
  find(source: MintedSource): Mould | null {
    const { header } = source
    if (typeof header !== 'object' || header === null || stemOf(source) === null) return null
    const alike = this.#byHeader.get(header)
    const known = alike?.find((mould) => isAlike(mould.source, source))
    const mould = known ?? { id: this.#made++, source, seen: 0, truth: null }
    if (alike === undefined) this.#byHeader.set(header, [mould])
    else if (known === undefined) alike.push(mould)
    mould.seen += 1
    return mould
  }
}

/** The part of the identifier that the plan chose. */
export function stemOf({ claims }: MintedSource): string | null {
  const jti = isObject(claims) ? claims['jti'] : undefined
  const stem = isObject(jti) ? jti['$jti'] : undefined
  return typeof stem === 'string' ? stem : null
}

/** A source of this mould. */
export function moulded(source: MintedSource, stem: string): MintedSource {
  const claims = isObject(source.claims) ? source.claims : {}
  return { ...source, claims: { ...claims, jti: { $jti: stem } } }
}

/** What is so of an assertion of this mould; worked out once a second for all of them. */
export function truthIn(mould: Mould, stem: string, atUs: number, context: MintContext): Truth {
  const { source } = mould
  // A defect may make another identifier of it.
  if (source.defect !== null) return truthOf(moulded(source, stem), atUs, context)
  // Times count from the whole second (template.ts).
  const second = Math.floor(atUs / 1e6)
  if (mould.truth?.second !== second)
    mould.truth = { second, of: truthOf(moulded(source, stem), atUs, context) }
  return { ...mould.truth.of, jti: stem + context.runId }
}

function isAlike(one: MintedSource, other: MintedSource): boolean {
  return (
    one.signer === other.signer &&
    one.defect === other.defect &&
    one.indent === other.indent &&
    hasSameClaims(one.claims, other.claims)
  )
}

function hasSameClaims(one: Json, other: Json): boolean {
  if (!isObject(one) || !isObject(other)) return false
  const names = Object.keys(one)
  let at = 0
  // Their order is part of what is signed.
  for (const name in other) {
    if (names[at++] !== name || (name !== 'jti' && one[name] !== other[name])) return false
  }
  return at === names.length
}

function isObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
