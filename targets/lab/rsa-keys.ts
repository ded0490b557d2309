/** RSA keys for issuers of bearer tokens, beside their own: what is said of old libraries is said of RSA keys. */
import { createPublicKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { PrivateJwk } from '../../harness/jwt/keys.ts'
import type { Asked, MoreKey, TrustedKey } from '../verifier.ts'

/** A name that always means this machine (RFC 6761 §6.3), since nobody else may be asked without leave. */
export const LAB_RESOURCE = 'https://api.localhost/things'

/** The test keys of targets/keys, by the issuer that they are lent to. */
const LENT: Readonly<Record<string, string>> = {
  'honest-token-issuer': 'honest-issuer-rs256',
  'hostile-token-issuer': 'hostile-issuer-rs256',
}

export function rsaKeys(): Readonly<Record<string, readonly MoreKey[]>> {
  return Object.fromEntries(
    Object.entries(LENT).map(([issuer, file]) => {
      const kid = `${issuer}-rs256`
      const text = readFileSync(new URL(`../keys/${file}.jwk`, import.meta.url), 'utf8')
      const jwk: PrivateJwk = { ...JSON.parse(text), kid, alg: 'RS256' }
      return [issuer, [{ facts: { name: kid, algorithm: 'RS256', kid }, jwk }]]
    }),
  )
}

/** RSA keys in the form of RFC 8017, as OpenSSL's `rsa` writes them; all others have but one. */
export function pemOf({ jwk }: TrustedKey): string {
  const members = Object.entries(jwk).filter(
    (each): each is [string, string] => typeof each[1] === 'string',
  )
  const key = createPublicKey({ key: Object.fromEntries(members), format: 'jwk' })
  const type = jwk['kty'] === 'RSA' ? 'pkcs1' : 'spki'
  return key.export({ type, format: 'pem' }).toString()
}

/** The key that a token names by `iss` and `kid`, which is the issuer's first where it names none. */
export function keyNamed(
  { trusted }: Asked,
  issuer: unknown,
  kid: unknown,
): { readonly issuer: string; readonly key: TrustedKey } {
  const by = typeof issuer === 'string' ? trusted.get(issuer) : undefined
  const key = kid === undefined ? by?.keys[0] : by?.keys.find((each) => each.kid === kid)
  if (by === undefined || key === undefined) throw new RangeError('nobody has such a key')
  return { issuer: by.issuer, key }
}

/**
 * What RFC 9068 §4 asks for beside what the library was told to look at.
 *
 * @param header Null where tokens are of no type.
 */
export function subjectOf(header: unknown, payload: unknown): string {
  const { typ } = header === null ? { typ: 'at+jwt' } : membersOf(header)
  const { exp, sub } = membersOf(payload)
  // Media types are compared without case, and the prefix may be spelled out (RFC 7515 §4.1.9).
  if (typeof typ !== 'string' || !/^(application\/)?at\+jwt$/i.test(typ))
    throw new RangeError('it is no access token')
  if (exp === undefined) throw new RangeError('it never ends')
  if (typeof sub !== 'string') throw new RangeError('it is about nobody')
  return sub
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
