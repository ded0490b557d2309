/** Raw JWS signatures by node:crypto, which signs ES256 nearly three times as fast as Web Crypto under jose. */
import { constants, createHmac, createPrivateKey, createSecretKey, sign } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import type { Json } from '../model/plan.ts'
import type { PrivateJwk } from './keys.ts'

/** Signs a JWS signing input (RFC 7515 §5.1): ASCII text in, the signature's octets out. */
export type Sign = (input: string) => Buffer

interface Algorithm {
  /** The kind of key it takes: `kty`, and `crv` where the algorithm fixes one. */
  readonly kty: string
  readonly crv: string | null
  readonly signer: (key: KeyObject) => Sign
}

type Hash = 'sha256' | 'sha384' | 'sha512'

/** How each `alg` signs (RFC 7518 §3.1, RFC 8037 §3.1). A Map, so that no `alg` can name a member that every object has. */
const ALGORITHMS: ReadonlyMap<string, Algorithm> = new Map([
  ['ES256', ecdsa('P-256', 'sha256', 32)],
  ['ES384', ecdsa('P-384', 'sha384', 48)],
  ['ES512', ecdsa('P-521', 'sha512', 66)],
  ['RS256', rsa('sha256')],
  ['RS384', rsa('sha384')],
  ['RS512', rsa('sha512')],
  ['PS256', rsaPss('sha256')],
  ['PS384', rsaPss('sha384')],
  ['PS512', rsaPss('sha512')],
  ['HS256', hmac('sha256')],
  ['HS384', hmac('sha384')],
  ['HS512', hmac('sha512')],
  ['EdDSA', ed25519()],
  ['Ed25519', ed25519()],
])

/** The salt is as long as the hash (RFC 7518 §3.5). */
const PSS = {
  padding: constants.RSA_PKCS1_PSS_PADDING,
  saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
}

const signers = new WeakMap<PrivateJwk, Sign>()

/**
 * How a key signs: by its own `alg`, whatever a header says. Importing a key costs more than a signature, so the result
 * is kept for as long as the key object lives.
 *
 * @throws {RangeError} When there is no signer of that `alg`, or the key is not one for it.
 */
export function signerOf(key: PrivateJwk): Sign {
  const known = signers.get(key)
  if (known !== undefined) return known
  const algorithm = algorithmOf(key)
  const made = algorithm.signer(imported(key))
  signers.set(key, made)
  return made
}

/** How long the signatures of an algorithm's keys are, where it is always the same: r and s side by side. */
export function rawOctets(alg: string): number | null {
  return { ES256: 64, ES384: 96, ES512: 132 }[alg] ?? null
}

/** A secret is its octets; whatever else is one is no key (RFC 7518 §6.4.1). */
function imported(key: PrivateJwk): KeyObject {
  if (key['kty'] !== 'oct') return createPrivateKey({ key: members(key), format: 'jwk' })
  const octets = Buffer.from(typeof key['k'] === 'string' ? key['k'] : '', 'base64url')
  if (octets.length === 0) throw new RangeError('the secret is empty')
  return createSecretKey(octets)
}

function algorithmOf(key: PrivateJwk): Algorithm {
  const name = key['alg']
  const algorithm = typeof name === 'string' ? ALGORITHMS.get(name) : undefined
  if (algorithm === undefined) throw new RangeError(`no signer for alg ${JSON.stringify(name)}`)
  const fits =
    key['kty'] === algorithm.kty && (algorithm.crv === null || key['crv'] === algorithm.crv)
  if (!fits)
    throw new RangeError(
      `the key ${JSON.stringify(key['kid'])} is not one for ${JSON.stringify(name)}`,
    )
  return algorithm
}

/** The members that node:crypto reads; all of them are text. */
function members(key: PrivateJwk): Record<string, string> {
  return Object.fromEntries(Object.entries(key).filter(isText))
}

function isText(entry: [string, Json]): entry is [string, string] {
  return typeof entry[1] === 'string'
}

function ecdsa(crv: string, hash: Hash, octets: number): Algorithm {
  return {
    kty: 'EC',
    crv,
    signer: (key) => (input) => rawFromDer(sign(hash, Buffer.from(input), key), octets),
  }
}

function rsa(hash: Hash): Algorithm {
  return { kty: 'RSA', crv: null, signer: (key) => (input) => sign(hash, Buffer.from(input), key) }
}

function rsaPss(hash: Hash): Algorithm {
  return {
    kty: 'RSA',
    crv: null,
    signer: (key) => {
      const options = { key, ...PSS }
      return (input) => sign(hash, Buffer.from(input), options)
    },
  }
}

function hmac(hash: Hash): Algorithm {
  return {
    kty: 'oct',
    crv: null,
    signer: (key) => (input) => createHmac(hash, key).update(input).digest(),
  }
}

function ed25519(): Algorithm {
  return {
    kty: 'OKP',
    crv: 'Ed25519',
    signer: (key) => (input) => sign(null, Buffer.from(input), key),
  }
}

/**
 * ECDSA-Sig-Value (RFC 3279 §2.2.3) as r and s side by side (RFC 7518 §3.4). Cutting is worth it: asking node:crypto
 * for `ieee-p1363` more than halves the rate of signing.
 *
 * @param octets The length of r, and of s.
 */
export function rawFromDer(der: Uint8Array, octets: number): Buffer {
  const raw = Buffer.alloc(2 * octets)
  // SEQUENCE and its length, which from 128 on (P-521) has an octet more in front.
  const r = der[1] === 0x81 ? 3 : 2
  const s = placeInteger(der, r, raw.subarray(0, octets))
  placeInteger(der, s, raw.subarray(octets))
  return raw
}

/** Puts a DER INTEGER at the end of a zeroed field, without the zero that keeps it positive; returns where it ends. */
function placeInteger(der: Uint8Array, at: number, field: Uint8Array): number {
  const start = at + 2
  const end = start + (der[at + 1] ?? 0)
  const significant = der.subarray(Math.max(start, end - field.length), end)
  field.set(significant, field.length - significant.length)
  return end
}
