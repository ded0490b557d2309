/** A verifier that is a function in this process: the `jwtVerify` of the jose library, dressed as a resource server. */
import { decodeJwt, importJWK, jwtVerify, type CryptoKey, type JWTVerifyOptions } from 'jose'
import { publicJwk, type PrivateJwk } from '../harness/jwt/keys.ts'
import type { Json } from '../harness/model/plan.ts'
import type { Message, Principal, Random, RawAnswer, Target } from '../harness/model/target.ts'
import { wallClockOffset } from './http.ts'
import { refusedAtResource, success, type HttpAnswer } from './reference/answers.ts'
import { resource } from './embedded.ts'

/** Whose tokens are trusted: the key and its one algorithm, by issuer. */
type Trusted = ReadonlyMap<string, { readonly key: CryptoKey; readonly algorithm: string }>

const JOSE = 'jose'

/**
 * The same parties, names and endpoint as the resource target over HTTP, so that the same checks run on both. Without
 * `clockTolerance`, jose grants nothing at the edges of a token's life.
 */
export function joseVerifier(random: Random): Target {
  const overHttp = resource(random)
  const facts = {
    ...overHttp.facts,
    name: JOSE,
    nodes: [JOSE],
    declares: { ...overHttp.facts.declares, leewaySeconds: { grant: 0, refuse: 0 } },
  }
  const { keys } = overHttp
  return {
    ...overHttp,
    facts,
    async open(site) {
      const trusted = await trustedKeys(facts.principals, keys)
      const [audience = facts.issuer] = facts.audiences.values
      const verify = (message: Message): Promise<RawAnswer> => answer(message, trusted, audience)
      return {
        nodes: facts.nodes,
        clocks: facts.nodes,
        controls: {},
        clock: null,
        connect: async () => site.wires.call(verify),
        clockOf: async () => wallClockOffset(site),
        close: async () => undefined,
      }
    },
  }
}

async function trustedKeys(
  principals: readonly Principal[],
  keys: Target['keys'],
): Promise<Trusted> {
  const entries = await Promise.all(
    principals.map(async ({ id, keys: [facts] }) => {
      if (facts === undefined) throw new RangeError(`${id} has no key`)
      const jwk = keys[facts.name]
      if (!isJwk(jwk)) throw new RangeError(`there is no key ${facts.name}`)
      const key = await importJWK({ ...publicJwk(jwk) }, facts.algorithm)
      if (key instanceof Uint8Array) throw new RangeError(`the key of ${id} is symmetric`)
      return [id, { key, algorithm: facts.algorithm }] as const
    }),
  )
  return new Map(entries)
}

function isJwk(value: Json | undefined): value is PrivateJwk {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

async function answer(message: Message, trusted: Trusted, audience: string): Promise<RawAnswer> {
  const token = /^Bearer (.+)$/u.exec(message.headers['authorization'] ?? '')?.[1]
  const { status, headers, body } =
    token === undefined ? refusedAtResource(null) : await verdict(token, trusted, audience)
  return { status, headers, body: new TextEncoder().encode(JSON.stringify(body)) }
}

async function verdict(token: string, trusted: Trusted, audience: string): Promise<HttpAnswer> {
  try {
    const issuer = decodeJwt(token).iss ?? ''
    const by = trusted.get(issuer)
    if (by === undefined) throw new RangeError('the issuer is unknown')
    const { payload } = await jwtVerify(token, by.key, rules(issuer, audience, by.algorithm))
    return success({ sub: payload.sub ?? null })
  } catch (error) {
    const description =
      error instanceof Error ? error.message.replaceAll('"', "'") : 'it cannot be read'
    return refusedAtResource({ code: 'invalid_token', description })
  }
}

/** As RFC 9068 §4 has a resource server verify an access token. */
function rules(issuer: string, audience: string, algorithm: string): JWTVerifyOptions {
  return {
    issuer,
    audience,
    algorithms: [algorithm],
    typ: 'at+jwt',
    requiredClaims: ['exp', 'sub'],
  }
}
