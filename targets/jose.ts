/** The `jwtVerify` of the jose library, as a resource server uses it. */
import { decodeJwt, importJWK, jwtVerify, type CryptoKey } from 'jose'
import type { Random, Target } from '../harness/model/target.ts'
import { verifier, type Asked, type Trust } from './verifier.ts'

/** Without `clockTolerance`, jose grants nothing at the edges of a token's life. */
export function joseVerifier(random: Random): Target {
  const imported = new WeakMap<Trust, Promise<CryptoKey>>()
  const keyOf = (trust: Trust): Promise<CryptoKey> => {
    const known = imported.get(trust) ?? importedKey(trust)
    imported.set(trust, known)
    return known
  }
  return verifier(random, (asked) => verify(asked, keyOf), {
    name: 'jose',
    declares: { leewaySeconds: { grant: 0, refuse: 0 } },
    takesTime: true,
  })
}

async function importedKey({ issuer, keys: [key] }: Trust): Promise<CryptoKey> {
  if (key === undefined) throw new RangeError(`${issuer} has no key`)
  const imported = await importJWK({ ...key.jwk }, key.algorithm)
  if (imported instanceof Uint8Array) throw new RangeError(`the key of ${issuer} is symmetric`)
  return imported
}

/** As RFC 9068 §4 has a resource server verify an access token. */
async function verify(
  { token, trusted, audience, nowSeconds }: Asked,
  keyOf: (trust: Trust) => Promise<CryptoKey>,
): Promise<string | null> {
  const by = trusted.get(decodeJwt(token).iss ?? '')
  if (by === undefined) throw new RangeError('the issuer is unknown')
  const { payload } = await jwtVerify(token, await keyOf(by), {
    issuer: by.issuer,
    audience,
    algorithms: by.keys.slice(0, 1).map(({ algorithm }) => algorithm),
    typ: 'at+jwt',
    requiredClaims: ['exp', 'sub'],
    // oxlint-disable-next-line no-restricted-globals -- jose takes one, and what is in it was handed over
    currentDate: new Date(nowSeconds * 1000),
  })
  return payload.sub ?? null
}
