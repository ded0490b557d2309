/** How each library is asked, as its documentation has it for one issuer, whose keys, algorithms and audience are known. */
import type { JsonWebKey } from 'node:crypto'

/** One issuer and what its tokens are to be. */
export interface Trusted {
  readonly issuer: string
  readonly audience: string
  readonly keys: readonly (JsonWebKey & { readonly kid: string; readonly alg: string })[]
}

/** Resolves to the claims of a token, or rejects. */
type Verify = (token: string, from: Trusted) => Promise<Claims>

type Claims = Readonly<Record<string, unknown>>

/** What is used of them, each of which has some of it. */
export interface Library {
  readonly verifyWithJwks: (token: string, options: object) => Promise<Claims>
  readonly JwtVerifier: {
    create(options: object): {
      cacheJwks(jwks: object): void
      verify(token: string): Promise<Claims>
    }
  }
  readonly KEYUTIL: { getKey(key: object): object }
  readonly KJUR: {
    readonly jws: {
      readonly JWS: {
        readSafeJSONString(text: string): { readonly kid?: unknown } | null
        verifyJWT(token: string, key: object, accept: object): boolean
      }
    }
  }
  readonly verify: (token: string, key: object, options: object) => Promise<object | undefined>
  readonly decode: (token: string) => {
    readonly header: { readonly kid?: unknown }
    readonly payload: Claims
  }
}

/** By name of the package; what it exports is handed in. */
export const VERIFIERS: Readonly<Record<string, (library: Library) => Verify>> = {
  hono:
    ({ verifyWithJwks }) =>
    (token, { issuer, audience, keys }) =>
      verifyWithJwks(token, {
        keys: [...keys],
        allowedAlgorithms: [...new Set(keys.map(({ alg }) => alg))],
        verification: { iss: issuer, aud: audience },
      }),
  'aws-jwt-verify':
    ({ JwtVerifier }) =>
    (token, { issuer, audience, keys }) => {
      const verifier = JwtVerifier.create({ issuer, audience, jwksUri: `${issuer}/jwks` })
      verifier.cacheJwks({ keys: keys.map((key) => ({ ...key, use: 'sig' })) })
      return verifier.verify(token)
    },
  jsrsasign:
    ({ KEYUTIL, KJUR }) =>
    async (token, { issuer, audience, keys }) => {
      const [header = '', payload = ''] = token.split('.')
      const { kid } =
        KJUR.jws.JWS.readSafeJSONString(Buffer.from(header, 'base64url').toString()) ?? {}
      const key = keys.find((each) => each.kid === kid)
      if (key === undefined) throw new TypeError('no such key')
      const isValid = KJUR.jws.JWS.verifyJWT(token, KEYUTIL.getKey(key), {
        alg: [key.alg],
        iss: [issuer],
        aud: [audience],
      })
      if (!isValid) throw new TypeError('not valid')
      return JSON.parse(Buffer.from(payload, 'base64url').toString())
    },
  '@tsndr/cloudflare-worker-jwt':
    ({ verify, decode }) =>
    async (token, { issuer, audience, keys }) => {
      const { header, payload } = decode(token)
      const key = keys.find((each) => each.kid === header.kid)
      if (key === undefined) throw new TypeError('no such key')
      const verified = await verify(token, key, { algorithm: key.alg, throwError: true })
      if (verified === undefined) throw new TypeError('not valid')
      // It looks at times and at nothing else.
      if (payload['iss'] !== issuer || ![payload['aud']].flat().includes(audience))
        throw new TypeError('of another issuer or for another audience')
      return payload
    },
}
