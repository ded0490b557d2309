/**
 * A resource server that verifies tokens with `@node-rs/jsonwebtoken`, which is jsonwebtoken of Rust, built for Node:
 * `server.ts VERSION PORT CLIENTS`. It is told the key, its algorithm, the audience, the issuer and what must be there.
 *
 * Nothing is read of a token before the library has: it is shown to each issuer's verifier in turn.
 */
import { createPublicKey, type JsonWebKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { serveBearer } from '../bearer-server.ts'

interface Library {
  readonly Algorithm: Readonly<Record<string, number>>
  decodeHeader(token: string): { readonly keyId?: string }
  verify(token: string, key: string, validation: object): Promise<Record<string, unknown>>
}

interface Registration {
  readonly issuers: readonly {
    readonly issuer: string
    readonly jwks: {
      readonly keys: readonly (JsonWebKey & { readonly alg: string; readonly kid: string })[]
    }
  }[]
}

const [version = '', port = '', file = ''] = process.argv.slice(2)
const brought = new URL(`../../../out/lab/node-rs/${version}/package.json`, import.meta.url)
const library: Library = createRequire(brought)('@node-rs/jsonwebtoken')
const { issuers }: Registration = JSON.parse(readFileSync(file, 'utf8'))

const validations = issuers.flatMap(({ issuer, jwks }) =>
  jwks.keys.map((key) => ({
    kid: key.kid,
    pem: createPublicKey({ key, format: 'jwk' }).export({ type: 'spki', format: 'pem' }).toString(),
    validation: {
      algorithms: [library.Algorithm[key.alg]],
      aud: [`http://127.0.0.1:${port}/things`],
      iss: [issuer],
      leeway: 0,
      requiredSpecClaims: ['exp', 'iss', 'aud', 'sub'],
      validateNbf: true,
    },
  })),
)

async function subjectOf(token: string): Promise<unknown> {
  for (const { kid, pem, validation } of validations) {
    try {
      const { keyId = kid } = library.decodeHeader(token)
      if (keyId !== kid) continue
      const { sub } = await library.verify(token, pem, validation)
      return isAccessToken(token) ? sub : undefined
    } catch {
      // Another issuer's may be the right one.
    }
  }
  return undefined
}

/** Of a token that the library has accepted: it does not hand out the type. */
function isAccessToken(token: string): boolean {
  const [header = ''] = token.split('.')
  const { typ }: { typ?: unknown } = JSON.parse(Buffer.from(header, 'base64url').toString())
  return typeof typ === 'string' && /^(application\/)?at\+jwt$/i.test(typ)
}

serveBearer(Number(port), subjectOf)
