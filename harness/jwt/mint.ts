/** Makes assertions from their sources, and states what is so of them. */
import type { Truth } from '../model/history.ts'
import type { Defect, Json, Source } from '../model/plan.ts'
import { alter, alteredTruth, making, suits } from './alter.ts'
import type { Signer } from '../model/target.ts'
import { publicJwk, type PrivateJwk } from './keys.ts'
import { encoded, type Members } from './making.ts'
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

/** A defect that one signature in 256 suits (an r that begins with a zero) finds none in so many once in 10^27. */
const MOST_SIGNATURES = 2 ** 14

/**
 * A compact JWS of the source (RFC 7515 §7.1), signed by the key's own algorithm unless the defect signs in its place,
 * then altered by the defect.
 *
 * @param atUs When it is to be sent, in microseconds since 1970.
 * @throws {RangeError} When the signer is unknown or cannot sign, a marker is malformed, or nothing makes the defect.
 */
export function mint(source: MintedSource, atUs: number, context: MintContext): Minted {
  const resolved = resolvedFrom(source, atUs, context)
  return { text: textOf(source, resolved, context), truth: stated(source, resolved, context) }
}

/** The text alone, for whoever knows the truth already. */
export function mintText(source: MintedSource, atUs: number, context: MintContext): string {
  return textOf(source, resolvedFrom(source, atUs, context), context)
}

/** The same text by a key that is elsewhere: `context.keys` holds its public part. */
export async function mintElsewhere(
  source: MintedSource,
  atUs: number,
  context: MintContext,
  signer: Signer,
): Promise<string> {
  const resolved = resolvedFrom(source, atUs, context)
  const steps = writing(source, resolved, keyOf(source, context))
  let step = steps.next()
  while (step.done !== true) {
    const { input, standIn } = step.value
    step = steps.next(standIn === null ? await signer(input) : standIn(input))
  }
  return step.value
}

function textOf(source: MintedSource, resolved: Resolved, context: MintContext): string {
  const key = keyOf(source, context)
  const steps = writing(source, resolved, key)
  let step = steps.next()
  while (step.done !== true) {
    const { input, standIn } = step.value
    step = steps.next((standIn ?? signerOf(key))(input))
  }
  return step.value
}

/** What is so of the assertion that `mint` would make, without its signature. */
export function truthOf(source: MintedSource, atUs: number, context: MintContext): Truth {
  return stated(source, resolvedFrom(source, atUs, context), context)
}

/** Header, claims and defect with their markers filled in. */
interface Resolved {
  readonly header: Members
  readonly claims: Json
  readonly defect: Defect | null
}

function resolvedFrom(source: MintedSource, atUs: number, context: MintContext): Resolved {
  const { defect } = source
  const moment = { atUs, runId: context.runId }
  const header = withOwnKey(membersOf(source.header), source, context)
  const claims = resolve(source.claims, moment)
  if (defect === null) return { header, claims, defect }
  const options = Object.entries(defect).map(([name, value]) => [name, resolve(value, moment)])
  return { header, claims, defect: { ...Object.fromEntries(options), kind: defect.kind } }
}

/** `{ "$jwk": "own" }` stands for the public part of the key that signs (RFC 9449 §4.2). */
function withOwnKey(header: Members, source: MintedSource, context: MintContext): Members {
  const { jwk = null } = header
  if (!isObject(jwk) || jwk['$jwk'] !== 'own') return header
  const { kid: _kid, alg: _alg, ...key } = publicJwk(keyOf(source, context))
  return { ...header, jwk: key }
}

function stated(
  source: MintedSource,
  { header, claims: written, defect }: Resolved,
  context: MintContext,
): Truth {
  const members = membersOf(written)
  const reads = defect === null ? undefined : making(defect).reads
  const claims =
    defect === null ? members : (reads?.({ header, claims: members, defect, inner: '' }) ?? members)
  const algorithm = text(header['alg'])
  const issuer = text(claims['iss'])
  const owner = ownerOf(source, context)
  const key = keyOf(source, context)
  const truth: Truth = {
    issuer,
    subject: text(claims['sub']),
    audience: claims['aud'] ?? null,
    // A proof brings its key along and names nobody (RFC 9449 §4.2).
    authentic: (source.usage === 'dpop-proof' || issuer === owner) && algorithm === key['alg'],
    algorithm,
    jti: text(claims['jti']),
    expUs: microseconds(claims['exp']),
    nbfUs: microseconds(claims['nbf']),
    iatUs: microseconds(claims['iat']),
    defect: null,
  }
  if (defect === null) return truth
  return { ...alteredTruth(truth, defect), defect: source.defect }
}

/** What must be signed before it goes on, and by whom: the key, where nobody stands in for it. */
interface Unsigned {
  readonly input: string
  readonly standIn: ((input: string) => Uint8Array) | null
}

/** The finished text, written step by step, so that one way of writing serves keys here and keys elsewhere. */
function* writing(
  source: MintedSource,
  { header, claims, defect }: Resolved,
  key: PrivateJwk,
): Generator<Unsigned, string, Uint8Array> {
  const plain = { header: encoded(header, source), payload: encoded(claims, source) }
  if (defect === null) return yield* signed(plain, null)
  const { inscribe, wraps, sign, alter: change } = making(defect)
  const inner = wraps === true ? yield* signed(plain, null) : ''
  const draft = { header, claims: membersOf(claims), defect, inner }
  const segments = inscribe === undefined ? plain : inscribe(draft)
  const standIn = sign === undefined ? null : (input: string) => sign(input, defect, key)
  for (let signatures = 0; signatures < MOST_SIGNATURES; signatures++) {
    const finished = yield* signed(segments, standIn)
    if (change === null) return finished
    if (suits(finished, defect)) return alter(finished, defect)
  }
  throw new RangeError(`no signature of this key suits the defect ${defect.kind}`)
}

function* signed(
  { header, payload }: { readonly header: string; readonly payload: string },
  standIn: Unsigned['standIn'],
): Generator<Unsigned, string, Uint8Array> {
  const input = `${header}.${payload}`
  const signature = yield { input, standIn }
  return `${input}.${Buffer.from(signature).toString('base64url')}`
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

/** The members of an object; of anything else, none. */
function membersOf(value: Json): Members {
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

function isObject(value: Json | undefined): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
