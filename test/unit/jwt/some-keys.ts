/** One key for each algorithm we sign with. Only those from the seed are the same each time. */
import { generateKeyPairSync } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import type { PrivateJwk } from '../../../harness/jwt/keys.ts'
import { seededKey } from '../../../harness/jwt/keys.ts'
import { seeded } from '../../../harness/random.ts'

export const ES256 = seededKey('ES256', 'client-1-key', seeded('tests').stream('client-1'))
export const OTHER_ES256 = seededKey('ES256', 'client-2-key', seeded('tests').stream('client-2'))

/** A member that is a text in every key here, such as `alg`. */
export function textOf(key: PrivateJwk, member: string): string {
  const value = key[member]
  if (typeof value === 'string') return value
  throw new RangeError(`${member} is no text`)
}

export function keyFor(alg: string): PrivateJwk {
  if (alg === 'ES256') return ES256
  if (alg.startsWith('HS')) return secret(alg)
  const curve = { ES384: 'P-384', ES512: 'P-521' }[alg]
  if (curve !== undefined) return jwk(alg, generateKeyPairSync('ec', { namedCurve: curve }))
  if (/^[RP]S/u.test(alg)) return jwk(alg, generateKeyPairSync('rsa', { modulusLength: 2048 }))
  if (alg.startsWith('Ed')) return jwk(alg, generateKeyPairSync('ed25519'))
  throw new RangeError(`no test key for ${alg}`)
}

function secret(alg: string): PrivateJwk {
  return { kty: 'oct', k: Buffer.alloc(64, 'secret').toString('base64url'), kid: 'a-secret', alg }
}

function jwk(alg: string, { privateKey }: { readonly privateKey: KeyObject }): PrivateJwk {
  const members = Object.entries(privateKey.export({ format: 'jwk' }))
  const texts = members.flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value]] : [],
  )
  return { ...Object.fromEntries(texts), kid: `a-key-for-${alg}`, alg }
}
