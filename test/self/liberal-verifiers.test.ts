/**
 * Verifiers that let pass whatever no sentence obliges them to look at. Each is right, and another than the reference is:
 * no check and no property may hold any of it against them.
 */
import { expect, test } from 'vitest'
import { compactVerify, decodeJwt, decodeProtectedHeader, importJWK } from 'jose'
import type { Support } from '../../harness/model/policy.ts'
import type { RunRecord } from '../../harness/model/record.ts'
import type { Target } from '../../harness/model/target.ts'
import { seeded } from '../../harness/random.ts'
import { verifier, type Asked, type TrustedKey } from '../../targets/verifier.ts'
import { ask } from './ask.ts'

const PROPERTIES = ['property-assertions', 'property-combinations']

test.each(['plain', 'at-jwt'] as const)(
  'a liberal verifier of %s tokens is accused of nothing',
  async (kind) => {
    const { record } = await ask({
      target: liberal(kind),
      suites: ['**'],
      scenarios: PROPERTIES,
      propertyRuns: 60,
    })
    expect(record.findings.filter(({ obliges }) => obliges)).toEqual([])
    expect(record.verdict).toBe('conforms')
    // What it does with an end that is no number is told of it, and with an issuer that is no text unless it must have one.
    expect(told(record, 'rfc7519/4.1.4/exp-type')).toEqual(['informational'])
    expect(told(record, 'rfc7519/4.1.1/iss-sub-type')).toEqual([
      kind === 'plain' ? 'informational' : 'pass',
    ])
  },
)

function told({ checks }: RunRecord, check: string): readonly string[] {
  const asked = checks.filter(({ id, verdict }) => id === check && verdict !== 'unsupported')
  return [...new Set(asked.map(({ verdict }) => verdict))]
}

/** `plain`: of RFC 7519 alone, where issuer, audience and end are optional; `at-jwt`: of RFC 9068 §4. */
type Kind = 'plain' | 'at-jwt'

function liberal(kind: Kind): Target {
  const supports: readonly Support[] = kind === 'plain' ? [] : ['at-jwt']
  return verifier(seeded('7').stream('target'), (asked) => verify(asked, kind), {
    name: `liberal ${kind}`,
    declares: { leewaySeconds: null, supports },
    takesTime: true,
  })
}

type Claims = Readonly<Record<string, unknown>>

async function verify(asked: Asked, kind: Kind): Promise<string> {
  const { token, audience, nowSeconds } = asked
  const { typ = '', crit } = decodeProtectedHeader(token)
  const claims = decodeJwt<Claims>(token)
  refuseIf(crit !== undefined, 'it wants what is not known here')
  refuseIf(kind === 'at-jwt' && !/^(application\/)?at\+jwt$/iu.test(typ), 'it is no access token')
  refuseIf(!isFor(audience, claims, kind), 'it is for another')
  refuseIf(!isTimely(claims, nowSeconds), 'it has ended, or not begun')
  const key = keyFor(asked, claims, kind)
  await compactVerify(token, await importJWK({ ...key.jwk }, key.algorithm), {
    algorithms: [key.algorithm],
  })
  return 'somebody'
}

function refuseIf(isWrong: boolean, because: string): void {
  if (isWrong) throw new RangeError(because)
}

function isFor(audience: string, { aud }: Claims, kind: Kind): boolean {
  const isAbsent = aud === undefined || aud === null
  return isAbsent ? kind === 'plain' : [aud].flat().includes(audience)
}

/** What is of another type than a date is as good as left out, but for digits, which are read. */
function isTimely({ exp, nbf }: Claims, nowSeconds: number): boolean {
  const end = typeof exp === 'string' ? Number(exp) : exp
  const hasEnded = typeof end === 'number' && nowSeconds >= end + LEEWAY_SECONDS
  const hasBegun = typeof nbf !== 'number' || nowSeconds >= nbf - LEEWAY_SECONDS
  return !hasEnded && hasBegun
}

const LEEWAY_SECONDS = 300

/** Of the issuer that is named; where none is, a plain token is verified with whatever trusted key it names. */
function keyFor({ token, trusted }: Asked, { iss }: Claims, kind: Kind): TrustedKey {
  const { kid } = decodeProtectedHeader(token)
  const named = typeof iss === 'string' ? trusted.get(iss)?.keys[0] : undefined
  const all = [...trusted.values()].flatMap(({ keys }) => keys)
  const isNamed = typeof iss === 'string' || kind === 'at-jwt'
  const key = isNamed ? named : all.find((each) => each.kid === kid)
  if (key === undefined) throw new RangeError('the issuer is unknown')
  return key
}
