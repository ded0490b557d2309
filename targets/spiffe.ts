/** A workload that takes JWT-SVIDs: who is named as subject says whose keys verify, and an issuer says nothing. */
import { decodeJwt, decodeProtectedHeader, importJWK, jwtVerify } from 'jose'
import { seededKey } from '../harness/jwt/keys.ts'
import type { Random, Target } from '../harness/model/target.ts'
import { verifier, type Asked, type MoreKey, type TrustedKey } from './verifier.ts'

/** What one workload may do otherwise than JWT-SVID has it. */
export interface SvidOptions {
  readonly name?: string
  /** Goes by the issuer in place of the subject. */
  readonly byIssuer?: true
  /** Takes what does not end. */
  readonly endless?: true
  /** Takes EdDSA, too. */
  readonly edwards?: true
  /** Takes every key of a bundle, whatever it is for. */
  readonly anyUse?: true
  /** Does not look whom it is for. */
  readonly forAnybody?: true
  /** The types that it takes. */
  readonly types?: readonly string[]
}

/** Each issuer of the cast is a trust domain of its own, and presents one workload of it. */
export function spiffe(random: Random, options: SvidOptions = {}): Target {
  const { name = 'spiffe' } = options
  return verifier(random, (asked) => verify(asked, options), {
    name,
    profile: 'spiffe',
    declares: { leewaySeconds: { grant: 0, refuse: 0 }, supports: ['spiffe'] },
    subjectOf: ({ id }) => `spiffe://${new URL(id).host}/workload`,
    moreKeys: { 'hostile-token-issuer': moreKeys(random, 'hostile-token-issuer') },
    takesTime: true,
  })
}

/** A key for certificates in the same bundle, and one of an algorithm that no JWT-SVID has (JWT-SVID §2.1, §6.2). */
function moreKeys(random: Random, of: string): readonly MoreKey[] {
  return (['ES256', 'EdDSA'] as const).map((algorithm) => {
    const name = `${of}-more-${algorithm.toLowerCase()}`
    const facts = { name, algorithm, kid: name }
    return {
      facts: algorithm === 'ES256' ? { ...facts, mark: 'idle' } : facts,
      jwk: seededKey(algorithm, name, random.stream(`keys/${name}`)),
    }
  })
}

/** JWT-SVID §2.1. */
const ALGORITHM = /^(?:RS|ES|PS)(?:256|384|512)$/

async function verify(asked: Asked, options: SvidOptions): Promise<string> {
  const { token, audience, nowSeconds } = asked
  const { alg = '', kid, typ } = decodeProtectedHeader(token)
  const { types = ['JWT', 'JOSE'] } = options
  if (typ !== undefined && !types.includes(typ)) throw new RangeError('it is of another type')
  const isKnown = ALGORITHM.test(alg) || (options.edwards === true && alg === 'EdDSA')
  const key = bundleOf(asked, options).find((each) => each.kid === kid && each.algorithm === alg)
  if (!isKnown || key === undefined) throw new RangeError('no key of its trust domain signed it')
  await jwtVerify(token, await importJWK({ ...key.jwk }, alg), {
    ...(options.forAnybody === true ? {} : { audience }),
    algorithms: [alg],
    requiredClaims: options.endless === true ? ['sub'] : ['exp', 'sub'],
    // oxlint-disable-next-line no-restricted-globals -- jose takes one, and what is in it was handed over
    currentDate: new Date(nowSeconds * 1000),
  })
  return 'a workload'
}

/** JWT-SVID §3.1: the trust domain of the subject, of which only keys for JWT-SVIDs count (§6.2). */
function bundleOf({ token, trusted }: Asked, options: SvidOptions): readonly TrustedKey[] {
  const { iss, sub } = decodeJwt<Readonly<Record<string, unknown>>>(token)
  const domain = /^spiffe:\/\/([a-z0-9.-]+)\/[^/].*$/u.exec(String(sub))?.[1]
  const named = options.byIssuer === true ? String(iss) : `https://${domain}`
  const keys = trusted.get(named)?.keys ?? []
  return options.anyUse === true ? keys : keys.filter(({ idle }) => !idle)
}
