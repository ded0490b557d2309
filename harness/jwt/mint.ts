/** Makes assertions from their sources, and states what is so of them. */
import type { Truth } from '../model/history.ts'
import type { Json, Source } from '../model/plan.ts'
import { alter, alteredTruth, suits } from './alter.ts'
import type { PrivateJwk } from './keys.ts'
import { signerOf } from './sign.ts'
import { resolve } from './template.ts'

export type MintedSource = Extract<Source, { kind: 'minted' }>

export interface MintContext {
  /** Private JWKs by key name. */
  readonly keys: Readonly<Record<string, Json>>
  /** Whose key it is, by key name: the party's `iss`. */
  readonly owners: Readonly<Record<string, string>>
  readonly runId: string
}

export interface Minted {
  readonly text: string
  readonly truth: Truth
}

/** A defect that half of all signatures do not suit fails to find one in so many once in 2^64. */
const MOST_SIGNATURES = 64

/**
 * A compact JWS of the source (RFC 7515 §7.1), signed by the key's own algorithm, then altered by the defect.
 *
 * @param atUs When it is to be sent, in microseconds since 1970.
 * @throws {RangeError} When the signer is unknown or cannot sign, a marker is malformed, or nothing makes the defect.
 */
export function mint(source: MintedSource, atUs: number, context: MintContext): Minted {
  const claims = resolve(source.claims, { atUs, runId: context.runId })
  const truth = stated(source, claims, context)
  return { text: defective(source, claims, keyOf(source, context)), truth }
}

/** What is so of the assertion that `mint` would make, without its signature. */
export function truthOf(source: MintedSource, atUs: number, context: MintContext): Truth {
  return stated(source, resolve(source.claims, { atUs, runId: context.runId }), context)
}

function stated(source: MintedSource, resolved: Json, context: MintContext): Truth {
  const claims = membersOf(resolved)
  const algorithm = text(membersOf(source.header)['alg'])
  const issuer = text(claims['iss'])
  const owner = ownerOf(source, context)
  const key = keyOf(source, context)
  const truth: Truth = {
    issuer,
    subject: text(claims['sub']),
    audience: claims['aud'] ?? null,
    authentic: issuer === owner && algorithm === key['alg'],
    algorithm,
    jti: text(claims['jti']),
    expUs: microseconds(claims['exp']),
    nbfUs: microseconds(claims['nbf']),
    iatUs: microseconds(claims['iat']),
    defect: null,
  }
  return source.defect === null ? truth : alteredTruth(truth, source.defect)
}

function defective({ header, defect }: MintedSource, claims: Json, key: PrivateJwk): string {
  const input = `${encoded(header)}.${encoded(claims)}`
  const sign = signerOf(key)
  const signed = (): string => `${input}.${sign(input).toString('base64url')}`
  if (defect === null) return signed()
  for (let signatures = 0; signatures < MOST_SIGNATURES; signatures++) {
    const made = signed()
    if (suits(made, defect)) return alter(made, defect)
  }
  throw new RangeError(`no signature of this key suits the defect ${defect.kind}`)
}

function keyOf({ signer }: MintedSource, { keys }: MintContext): PrivateJwk {
  const key = Object.hasOwn(keys, signer) ? keys[signer] : undefined
  if (isObject(key)) return key
  throw new RangeError(`there is no key ${JSON.stringify(signer)} to sign with`)
}

function ownerOf({ signer }: MintedSource, { owners }: MintContext): string {
  const owner = Object.hasOwn(owners, signer) ? owners[signer] : undefined
  if (owner === undefined) throw new RangeError(`nobody owns the key ${JSON.stringify(signer)}`)
  return owner
}

function encoded(value: Json): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

/** The members of an object; of anything else, none. */
function membersOf(value: Json): { readonly [key: string]: Json } {
  return isObject(value) ? value : {}
}

function text(value: Json | undefined): string | null {
  return typeof value === 'string' ? value : null
}

/** A NumericDate in whole microseconds, kept finite: a history is JSON, where an infinity would read as absent. */
function microseconds(value: Json | undefined): number | null {
  if (typeof value !== 'number') return null
  return Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, Math.round(value * 1e6)))
}

function isObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
