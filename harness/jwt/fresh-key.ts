/** A new key for a party that is to be registered somewhere: from the machine's own chance, never from a seed. */
import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose'
import type { PrivateJwk } from './keys.ts'

/** Those that sign with a key of which the server is given the public part, the one that most servers take first. */
export const FRESH_ALGORITHMS = [
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
] as const

/** RFC 7518 §3.3 and §3.5 ask for 2048 bits at least. */
const RSA_BITS = 2048

/**
 * Named by its thumbprint (RFC 7638), which every holder of the key can work out, and for signatures alone.
 *
 * @param algorithm One of those above.
 */
export async function freshKey(algorithm: string): Promise<PrivateJwk> {
  const options = { extractable: true, modulusLength: RSA_BITS }
  const { privateKey } = await generateKeyPair(algorithm, options)
  const jwk = await exportJWK(privateKey)
  const key: PrivateJwk = JSON.parse(JSON.stringify(jwk))
  return { ...key, kid: await calculateJwkThumbprint(jwk), alg: algorithm, use: 'sig' }
}
