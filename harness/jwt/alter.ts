/** One thing wrong with a finished assertion: how each kind is made, and what it makes of the truth. */
import type { Truth } from '../model/history.ts'
import type { Defect } from '../model/plan.ts'
import { IMPOSTORS } from './impostors.ts'
import { cut, encoded, forged, joined, octets, option, parsed } from './making.ts'
import type { Making, Segments } from './making.ts'
import { MISREAD } from './misread.ts'
import { MISSHAPEN } from './misshapen.ts'
import { ENCRYPTED } from './encrypted.ts'
import { OTHERWISE } from './otherwise.ts'
import { UNSIGNED } from './unsigned.ts'
import { P256_OCTETS, P256_ORDER, toNumber, toOctets } from './p256.ts'

/** The defect is in the source already (its claims, its header, its signer); the kind only names it. */
const NAMED_ONLY: Making = { breaksAuthenticity: false, alter: (segments) => segments }

const NAMED = [
  'claim',
  'claim-type',
  'audience',
  'expired',
  'not-yet',
  'foreign-key',
  'header',
  'crit-unknown',
  'b64-false',
  'other-usage',
  'request',
  'type',
  'idle-key',
  'header-type',
  'crit-malformed',
  'proof',
  'binding',
  'svid',
  'junk',
]

const DEFECTS: ReadonlyMap<string, Making> = new Map<string, Making>([
  ...NAMED.map((kind): [string, Making] => [kind, NAMED_ONLY]),
  ...MISREAD,
  ...IMPOSTORS,
  ...MISSHAPEN,
  ...UNSIGNED,
  ...OTHERWISE,
  ...ENCRYPTED,
  ['signature-bit', forged(withSignatureBit)],
  ['payload-bit', { ...forged(withPayloadBit), truth: expiryOfPayloadBit }],
  // What was drawn stands in its place, and is no JWT.
  ['junk-text', forged((_, defect) => option(defect, 'text'))],
  ['signature-empty', forged((segments) => ({ ...segments, signature: '' }))],
  [
    'algorithm-none',
    { ...forged(withoutAlgorithm), truth: (_, defect) => ({ algorithm: spelling(defect) }) },
  ],
  ['signature-trailing-bits', { breaksAuthenticity: false, alter: withTrailingBits }],
  ['signature-high-s', { breaksAuthenticity: false, alter: withOtherS, suits: hasLowS }],
])

/**
 * The text with its defect. Defects that only name what the source says already leave it as it is.
 *
 * @param text A compact JWS that this harness made: three segments, of which the first two are JSON.
 * @throws {RangeError} When nothing makes that kind, or it cannot be made of this text.
 */
export function alter(text: string, defect: Defect): string {
  const { alter: change } = making(defect)
  if (change === null) throw new RangeError(`${defect.kind} cannot be made of a signed text`)
  const altered = change(cut(text), defect)
  return typeof altered === 'string' ? altered : joined(altered)
}

/** Whether the defect leaves something that the named issuer's key never signed. */
export function breaksAuthenticity(defect: Defect | null): boolean {
  return defect !== null && making(defect).breaksAuthenticity
}

/** What is so of an altered text, from what was so of the text. */
export function alteredTruth(truth: Truth, defect: Defect): Truth {
  const { breaksAuthenticity: breaks, truth: further } = making(defect)
  return { ...truth, ...further?.(truth, defect), authentic: truth.authentic && !breaks, defect }
}

/** Whether the altered text will show what the defect is named for; if not, sign once more (ECDSA draws afresh). */
export function suits(text: string, defect: Defect): boolean {
  return making(defect).suits?.(cut(text), defect) ?? true
}

/** How a defect is made. */
export function making(defect: Defect): Making {
  const found = DEFECTS.get(defect.kind)
  if (found === undefined)
    throw new RangeError(`nothing makes a defect ${JSON.stringify(defect.kind)}`)
  return found
}

/** The very last bit: a verifier that overlooks any part of a signature overlooks its end. */
function withSignatureBit(segments: Segments): Segments {
  const signature = octets(segments.signature)
  const last = signature.length - 1
  if (last < 0) throw new RangeError('there is no signature to flip a bit of')
  signature[last] = (signature[last] ?? 0) ^ 1
  return { ...segments, signature: signature.toString('base64url') }
}

/**
 * The lowest bit of the last digit of `exp`, which moves it by a second: the payload stays well formed and its claims
 * right, so that only the signature can be what it is refused for.
 */
function withPayloadBit(segments: Segments): Segments {
  const claims = parsed(segments.payload)
  const exp = claims['exp']
  if (typeof exp !== 'number' || exp < 0 || exp > Number.MAX_SAFE_INTEGER) {
    throw new RangeError('payload-bit needs an exp to turn a bit of')
  }
  return { ...segments, payload: encoded({ ...claims, exp: flipped(exp) }) }
}

function expiryOfPayloadBit({ expUs }: Truth): Partial<Truth> {
  return { expUs: expUs === null ? null : flipped(expUs / 1e6) * 1e6 }
}

/** An Unsecured JWS (RFC 7515 appendix A.5), `alg` spelt as the defect says. */
function withoutAlgorithm(segments: Segments, defect: Defect): Segments {
  return {
    ...segments,
    header: encoded({ ...parsed(segments.header), alg: spelling(defect) }),
    signature: defect['signature'] === 'kept' ? segments.signature : '',
  }
}

function spelling(defect: Defect): string {
  const spelt = defect['spelling'] ?? 'none'
  if (typeof spelt === 'string' && spelt.toLowerCase() === 'none') return spelt
  throw new RangeError(`${JSON.stringify(spelt)} is no spelling of none`)
}

/** Another last character with the same octets: the bits that no octet needs are not zero (RFC 4648 §3.5). */
function withTrailingBits(segments: Segments): Segments {
  const { signature } = segments
  if (signature.length % 4 < 2) throw new RangeError('the signature ends without spare bits')
  const last = BASE64URL.indexOf(signature.slice(-1))
  return { ...segments, signature: signature.slice(0, -1) + BASE64URL.charAt(last ^ 1) }
}

/** (r, n - s) verifies wherever (r, s) does, and JOSE asks for neither half of the range (RFC 7518 §3.4). */
function withOtherS(segments: Segments): Segments {
  const { r, s } = es256(segments)
  const signature = Buffer.concat([r, toOctets(P256_ORDER - toNumber(s))])
  return { ...segments, signature: signature.toString('base64url') }
}

function hasLowS(segments: Segments): boolean {
  return toNumber(es256(segments).s) <= P256_ORDER / 2n
}

function es256({ header, signature }: Segments): {
  readonly r: Uint8Array
  readonly s: Uint8Array
} {
  const both = octets(signature)
  if (parsed(header)['alg'] !== 'ES256' || both.length !== 2 * P256_OCTETS) {
    throw new RangeError('signature-high-s needs an ES256 signature')
  }
  return { r: both.subarray(0, P256_OCTETS), s: both.subarray(P256_OCTETS) }
}

const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** A second later or earlier; of a whole number that turns the lowest bit of the last digit alone. */
function flipped(seconds: number): number {
  return seconds % 2 === 0 ? seconds + 1 : seconds - 1
}
