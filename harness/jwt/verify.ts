/** Verifies signatures that were made elsewhere, before they are sent: what a signer got wrong must accuse nobody. */
import { constants, createPublicKey, verify } from 'node:crypto'
import { algorithmOf, publicJwk, type PrivateJwk } from './keys.ts'
import { rawFromDer, rawOctets } from './sign.ts'

/** Whether a signature is this key's for a signing input. */
export type Verify = (input: string, signature: Uint8Array) => boolean

const PSS = {
  padding: constants.RSA_PKCS1_PSS_PADDING,
  saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
}

/** @throws {RangeError} When the key's `alg` is none that a public key verifies. */
export function verifierOf(key: PrivateJwk): Verify {
  const alg = algorithmOf(key)
  const hash = /^(?:ES|RS|PS)(256|384|512)$/u.exec(alg)?.[1]
  const isEdwards = alg === 'EdDSA' || alg === 'Ed25519'
  if (hash === undefined && !isEdwards)
    throw new RangeError(`no verifier for alg ${JSON.stringify(alg)}`)
  const publicKey = createPublicKey({ key: publicJwk(key), format: 'jwk' })
  const options = {
    key: publicKey,
    ...(alg.startsWith('ES') ? { dsaEncoding: 'ieee-p1363' as const } : {}),
    ...(alg.startsWith('PS') ? PSS : {}),
  }
  const algorithm = hash === undefined ? null : `sha${hash}`
  return (input, signature) => verify(algorithm, Buffer.from(input), options, signature)
}

/**
 * The octets of a signature as JWS wants it (RFC 7518 §3.4), from what signers print: base64 or base64url, and of ECDSA
 * also the DER form that most of them give.
 *
 * @throws {RangeError} When it is none of these.
 */
export function signatureIn(printed: string, alg: string): Buffer {
  const text = printed.trim()
  if (!/^[\w+/-]+={0,2}$/u.test(text)) throw new RangeError('it printed no base64')
  const octets = Buffer.from(text, 'base64')
  const raw = rawOctets(alg)
  if (raw === null || octets.length === raw) return octets
  if (octets[0] !== 0x30) throw new RangeError(`no signature of ${alg} is so long`)
  return rawFromDer(octets, raw / 2)
}
