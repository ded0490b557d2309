/** The verifiers of `careless.ts`: each leaves out, or does in vain, one step of what `jose.ts` does. */
import { createHmac, createPublicKey, timingSafeEqual } from 'node:crypto'
import {
  compactVerify,
  decodeJwt,
  decodeProtectedHeader,
  importJWK,
  jwtVerify,
  type JWTVerifyOptions,
} from 'jose'
import type { Random, Target } from '../harness/model/target.ts'
import { spiffe, type SvidOptions } from './spiffe.ts'
import { verifier, type Asked, type Trust, type TrustedKey, type Verify } from './verifier.ts'

/** @param name One of CARELESS. */
export function carelessVerifier(random: Random, name: string): Target {
  const svid = SVID[name]
  if (svid !== undefined) return spiffe(random, { ...svid, name: `careless:${name}` })
  const verify = VERIFIERS[name]
  if (verify === undefined) throw new RangeError(`nobody is careless as ${name}`)
  return verifier(random, verify, {
    name: `careless:${name}`,
    declares: { leewaySeconds: { grant: 0, refuse: 0 } },
    takesTime: true,
  })
}

const SVID: Readonly<Record<string, SvidOptions>> = {
  'svid-by-issuer': { byIssuer: true },
  'svid-endless': { endless: true },
  'svid-edwards': { edwards: true },
  'svid-any-use': { anyUse: true },
  'svid-for-anybody': { forAnybody: true },
  'svid-typed-strictly': { types: ['JWT'] },
}

const VERIFIERS: Readonly<Record<string, Verify>> = {
  'audience-unchecked': (asked) => careful(asked, { audience: undefined }),
  'type-unchecked': (asked) => careful(asked, { typ: undefined }),
  'clocks-forgiven': (asked) => careful(asked, { clockTolerance: 86_400 }),
  'any-signed-text': (asked) =>
    decodeProtectedHeader(asked.token).b64 === false
      ? subjectOfUnencoded(asked)
      : careful(asked, {}),
  'signature-unread': async (asked) => subjectUnverified(asked, trustOf(asked)),
  'issuer-unbound': (asked) => {
    const { kid } = decodeProtectedHeader(asked.token)
    const all = [...asked.trusted.values()].flatMap(({ keys }) => keys)
    const key = all.find((each) => each.kid === kid)
    if (key === undefined) throw new RangeError('nobody has such a key')
    const issuer = decodeJwt(asked.token).iss ?? ''
    return verifyWith(asked, { issuer, keys: [key] }, {})
  },
  'mac-with-public-key': async (asked) => {
    const trust = trustOf(asked)
    if (decodeProtectedHeader(asked.token).alg !== 'HS256') return verifyWith(asked, trust, {})
    if (!trust.keys.some((key) => isMac(asked.token, key))) throw new RangeError('another MAC')
    return subjectUnverified(asked, trust)
  },
}

type Differently = {
  readonly [option in keyof JWTVerifyOptions]?: JWTVerifyOptions[option] | undefined
}

/** As RFC 9068 §4 has it, but for what is said otherwise; undefined leaves a check out. */
async function careful(asked: Asked, but: Differently): Promise<string | null> {
  return verifyWith(asked, trustOf(asked), but)
}

function trustOf({ token, trusted }: Asked): Trust {
  const trust = trusted.get(decodeJwt(token).iss ?? '')
  if (trust === undefined) throw new RangeError('the issuer is unknown')
  return trust
}

async function verifyWith(
  { token, audience, nowSeconds }: Asked,
  { issuer, keys: [key] }: Trust,
  but: Differently,
): Promise<string | null> {
  if (key === undefined) throw new RangeError(`${issuer} has no key`)
  const options = {
    issuer,
    audience,
    algorithms: [key.algorithm],
    typ: 'at+jwt',
    requiredClaims: ['exp', 'sub'],
    // oxlint-disable-next-line no-restricted-globals -- jose takes one, and what is in it was handed over
    currentDate: new Date(nowSeconds * 1000),
    ...but,
  }
  const kept = Object.entries(options).filter(([, value]) => value !== undefined)
  const { payload } = await jwtVerify(
    token,
    await importJWK({ ...key.jwk }, key.algorithm),
    Object.fromEntries(kept),
  )
  return payload.sub ?? null
}

/** For a JWS whose payload stands there as it is (RFC 7797), which `jwtVerify` would refuse. */
async function subjectOfUnencoded(asked: Asked): Promise<string> {
  const [header = '', payload = ''] = asked.token.split('.')
  const read = { ...asked, token: `${header}.${Buffer.from(payload).toString('base64url')}.` }
  const trust = trustOf(read)
  const [key] = trust.keys
  if (key === undefined) throw new RangeError(`${trust.issuer} has no key`)
  await compactVerify(asked.token, await importJWK({ ...key.jwk }, key.algorithm))
  return subjectUnverified(read, trust)
}

/** All that can be looked at without a key. */
function subjectUnverified({ token, audience, nowSeconds }: Asked, { issuer }: Trust): string {
  const { typ = '' } = decodeProtectedHeader(token)
  const { iss, sub, aud, exp, nbf = 0 } = decodeJwt(token)
  const isGood =
    /^(application\/)?at\+jwt$/iu.test(typ) &&
    iss === issuer &&
    [aud].flat().includes(audience) &&
    typeof exp === 'number' &&
    exp > nowSeconds &&
    typeof nbf === 'number' &&
    nbf <= nowSeconds
  if (!isGood || typeof sub !== 'string') throw new RangeError('it is not good here')
  return sub
}

/** Whether the token has a MAC that was made with the PEM of a public key. */
function isMac(token: string, { jwk }: TrustedKey): boolean {
  const { kty, crv, x, y } = jwk
  const members = Object.entries({ kty, crv, x, y }).filter(
    ([, value]) => typeof value === 'string',
  )
  const key = createPublicKey({ key: Object.fromEntries(members), format: 'jwk' })
  const pem = key.export({ type: 'spki', format: 'pem' })
  const at = token.lastIndexOf('.')
  const right = createHmac('sha256', pem).update(token.slice(0, at)).digest()
  const given = Buffer.from(token.slice(at + 1), 'base64url')
  return right.length === given.length && timingSafeEqual(right, given)
}
