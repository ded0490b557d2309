/** Keys as JWKs: made from the seed, and what of them may be shown. */
import { createECDH, createPrivateKey } from 'node:crypto'
import type { Json } from '../model/plan.ts'
import type { Random } from '../model/target.ts'
import { P256_OCTETS, P256_ORDER, toNumber, toOctets } from './p256.ts'

/** A private key with `kid` and `alg` (RFC 7517 §4); `alg` is the one algorithm it signs with (RFC 8725 §3.1). */
export type PrivateJwk = Readonly<Record<string, Json>>

/**
 * The members that a public key may have. What may be shown is listed, not what must be hidden, so that a member nobody
 * thought of stays private (private ones: RFC 7518 §6.2.2, §6.3.2, §6.4.1).
 */
const PUBLIC_MEMBERS: ReadonlySet<string> = new Set([
  'kty',
  'crv',
  'x',
  'y',
  'n',
  'e',
  'kid',
  'alg',
  'use',
])

/** 64 bits more than the order has, so that the remainder is even to 2^-64 (FIPS 186-5 appendix A.2.1). */
const DRAWN_OCTETS = P256_OCTETS + 8

/** Octets of an Ed25519 private key, and what stands before them in its PKCS #8 form (RFC 8032 §5.1.5, RFC 8410 §7). */
const ED25519_OCTETS = 32
const ED25519_PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex')

/** Algorithms whose keys are made of a few drawn octets. RSA keys would take a search for primes: they come from files. */
export type SeededAlgorithm = 'ES256' | 'EdDSA'

/**
 * The same key for the same stream. Whoever knows the seed knows the key, so it is for targets on loopback only.
 *
 * @param random A stream of this key's own: the draws are its next ones, whatever `kid` is, since two parties may have
 *   different keys of one `kid`.
 */
export function seededKey(algorithm: SeededAlgorithm, kid: string, random: Random): PrivateJwk {
  switch (algorithm) {
    case 'ES256':
      return { ...p256Members(random), kid, alg: algorithm }
    case 'EdDSA':
      return { ...ed25519Members(random), kid, alg: algorithm }
  }
}

/** The one algorithm that a key signs with; empty where it names none. */
export function algorithmOf({ alg }: PrivateJwk): string {
  return typeof alg === 'string' ? alg : ''
}

/** What a verifier is given. A symmetric key has no public part: all that is left of it is its name. */
export function publicJwk(key: PrivateJwk): Readonly<Record<string, Json>> {
  return Object.fromEntries(Object.entries(key).filter(([member]) => PUBLIC_MEMBERS.has(member)))
}

function p256Members(random: Random): PrivateJwk {
  const secret = toOctets((toNumber(draw(DRAWN_OCTETS, random)) % (P256_ORDER - 1n)) + 1n)
  const ecdh = createECDH('prime256v1')
  ecdh.setPrivateKey(secret)
  // Uncompressed: 0x04, x, y (SEC 1 §2.3.3).
  const point = ecdh.getPublicKey()
  return {
    kty: 'EC',
    crv: 'P-256',
    x: point.subarray(1, 1 + P256_OCTETS).toString('base64url'),
    y: point.subarray(1 + P256_OCTETS).toString('base64url'),
    d: secret.toString('base64url'),
  }
}

/** Any 32 octets are a private key (RFC 8032 §5.1.5); the public one is read off by way of its PKCS #8 form. */
function ed25519Members(random: Random): PrivateJwk {
  const der = Buffer.concat([ED25519_PKCS8, draw(ED25519_OCTETS, random)])
  const { x = '', d = '' } = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }).export({
    format: 'jwk',
  })
  return { kty: 'OKP', crv: 'Ed25519', x, d }
}

function draw(octets: number, random: Random): Uint8Array {
  return Uint8Array.from({ length: octets }, () => Math.floor(random.next() * 256))
}
