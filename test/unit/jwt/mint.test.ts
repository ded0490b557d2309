import * as fc from 'fast-check'
import { compactVerify, decodeJwt, decodeProtectedHeader, importJWK } from 'jose'
import { describe, expect, test } from 'vitest'
import { publicJwk } from '../../../harness/jwt/keys.ts'
import { mint, truthOf } from '../../../harness/jwt/mint.ts'
import type { MintContext, MintedSource } from '../../../harness/jwt/mint.ts'
import type { Truth } from '../../../harness/model/history.ts'
import type { Json } from '../../../harness/model/plan.ts'
import { ES256, OTHER_ES256, textOf } from './some-keys.ts'

const AT_US = 1_700_000_000_400_000
const CONTEXT: MintContext = {
  keys: { one: ES256, two: OTHER_ES256 },
  owners: { one: 'client-1', two: 'client-2' },
  runId: 'ABCDEFGHIJKLMNOPQRSTUV',
}
const SOURCE: MintedSource = {
  kind: 'minted',
  usage: 'client-authentication',
  signer: 'one',
  header: { alg: 'ES256', kid: 'client-1-key' },
  claims: {
    iss: 'client-1',
    sub: 'client-1',
    aud: 'https://issuer.example',
    iat: { $now: 0 },
    exp: { $now: 60 },
    jti: { $jti: 'a' },
  },
  defect: null,
  last: true,
}
/** JSON as it reads after having been written, so that -0 is 0. */
const json = fc.jsonValue({ maxDepth: 2 }).map(asWritten)
const seconds = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }))
/** Claims where each of the registered ones may be missing, right, or of any other type. */
const claimsObject = fc
  .tuple(
    fc.dictionary(fc.string(), json, { maxKeys: 3 }),
    fc.record(
      {
        iss: fc.oneof(fc.constant('client-1'), fc.string(), json),
        sub: fc.oneof(fc.string(), json),
        aud: fc.oneof(fc.string(), fc.array(fc.string(), { maxLength: 3 }), json),
        exp: fc.oneof(seconds, json),
        nbf: fc.oneof(seconds, json),
        iat: fc.oneof(seconds, json),
        jti: fc.oneof(fc.string(), json),
      },
      { requiredKeys: [] },
    ),
  )
  .map(([extra, registered]) => asWritten({ ...extra, ...registered }))

test('white space is written into header and claims and signed as it stands', async () => {
  for (const indent of [' ', '\t', '\r\n  ']) {
    const { text, truth } = mint({ ...SOURCE, indent }, AT_US, CONTEXT)
    const [header = '', payload = ''] = text
      .split('.')
      .map((part) => Buffer.from(part, 'base64url').toString())
    expect(header).toContain(`{\n${indent}"alg": "ES256"`)
    expect(payload).toContain(`{\n${indent}"iss": "client-1"`)
    expect(truth).toEqual(mint(SOURCE, AT_US, CONTEXT).truth)
    await expect(compactVerify(text, await importJWK(publicJwk(ES256)))).resolves.toBeDefined()
  }
})

describe('an assertion', () => {
  test('worked by hand: header and claims as the source says, times and jti filled in', async () => {
    const { text, truth } = mint(SOURCE, AT_US, CONTEXT)
    const claims = {
      iss: 'client-1',
      sub: 'client-1',
      aud: 'https://issuer.example',
      iat: 1_700_000_000,
      exp: 1_700_000_060,
      jti: 'aABCDEFGHIJKLMNOPQRSTUV',
    }
    const verifying = await importJWK(publicJwk(ES256), 'ES256')
    const { payload, protectedHeader } = await compactVerify(text, verifying)
    expect(JSON.parse(Buffer.from(payload).toString())).toEqual(claims)
    expect(protectedHeader).toEqual(SOURCE.header)
    expect(truth).toEqual({
      issuer: 'client-1',
      subject: 'client-1',
      audience: 'https://issuer.example',
      authentic: true,
      algorithm: 'ES256',
      jti: 'aABCDEFGHIJKLMNOPQRSTUV',
      expUs: 1_700_000_060_000_000,
      nbfUs: null,
      iatUs: 1_700_000_000_000_000,
      defect: null,
    } satisfies Truth)
  })

  test('of any claims verifies with jose, has exactly those, and the truth that jose reads in it', async () => {
    const verifying = await importJWK(publicJwk(ES256), 'ES256')
    await fc.assert(
      fc.asyncProperty(claimsObject, async (claims) => {
        const source = { ...SOURCE, claims }
        const { text, truth } = mint(source, AT_US, CONTEXT)
        const { payload, protectedHeader } = await compactVerify(text, verifying)
        const seen: unknown = JSON.parse(Buffer.from(payload).toString())
        expect(JSON.stringify(seen)).toBe(JSON.stringify(claims))
        expect(truth).toEqual(truthAsRead(decodeJwt(text), protectedHeader.alg))
        expect(truthOf(source, AT_US, CONTEXT)).toEqual(truth)
        // A history holds it as JSON, where an infinity would read as a claim that is not there.
        for (const us of [truth.expUs, truth.nbfUs, truth.iatUs]) {
          expect(us === null || Number.isFinite(us)).toBe(true)
        }
      }),
    )
  })

  test('minted twice differs only in the signature', () => {
    const [one, other] = [mint(SOURCE, AT_US, CONTEXT), mint(SOURCE, AT_US, CONTEXT)]
    expect(one.text).not.toBe(other.text)
    expect(one.text.split('.').slice(0, 2)).toEqual(other.text.split('.').slice(0, 2))
    expect(one.truth).toEqual(other.truth)
  })

  test('never holds the private scalar', () => {
    const { text, truth } = mint(SOURCE, AT_US, CONTEXT)
    const written = textOf(ES256, 'd')
    const secret = Buffer.from(written, 'base64url')
    const said = [text, JSON.stringify(truth)]
    const bytes = [...said, ...text.split('.').map((each) => Buffer.from(each, 'base64url'))]
    for (const each of bytes) {
      expect(Buffer.from(each).includes(secret)).toBe(false)
      expect(Buffer.from(each).includes(written)).toBe(false)
    }
  })

  test.each<readonly [Json]>([[['a', 'list']], ['a text'], [null], [7]])(
    'of claims that are %j has no claims',
    (claims) => {
      const { text, truth } = mint({ ...SOURCE, claims }, AT_US, CONTEXT)
      expect(Buffer.from(text.split('.')[1] ?? '', 'base64url').toString()).toBe(
        JSON.stringify(claims),
      )
      expect(truth).toMatchObject({ issuer: null, audience: null, authentic: false, expUs: null })
    },
  )
})

describe('authentic is', () => {
  test.each<[string, Partial<MintedSource>]>([
    ['another party’s key', { signer: 'two' }],
    ['another issuer', { claims: { iss: 'client-2', sub: 'client-1' } }],
    ['no issuer', { claims: { sub: 'client-1' } }],
    ['an issuer that is no text', { claims: { iss: ['client-1'] } }],
    ['another algorithm in the header', { header: { alg: 'RS256' } }],
    ['no algorithm in the header', { header: {} }],
    ['a forgery', { defect: { kind: 'signature-bit' } }],
  ])('not: %s', (_, change) => {
    expect(mint({ ...SOURCE, ...change }, AT_US, CONTEXT).truth.authentic).toBe(false)
  })

  test('each key for its own party, whatever the kid says', () => {
    const source = { ...SOURCE, signer: 'two', claims: { iss: 'client-2' } }
    expect(truthOf(source, AT_US, CONTEXT).authentic).toBe(true)
  })
})

describe('a defect', () => {
  test('is made and stated', async () => {
    const defect = { kind: 'algorithm-none', spelling: 'None' }
    const { text, truth } = mint({ ...SOURCE, defect }, AT_US, CONTEXT)
    expect(decodeProtectedHeader(text)).toEqual({ alg: 'None', kid: 'client-1-key' })
    expect(truth).toMatchObject({ algorithm: 'None', authentic: false, defect })
  })

  test('signature-high-s is always high, and verifies', async () => {
    const verifying = await importJWK(publicJwk(ES256), 'ES256')
    for (let i = 0; i < 20; i++) {
      const source = { ...SOURCE, defect: { kind: 'signature-high-s' } }
      const { text, truth } = mint(source, AT_US, CONTEXT)
      const s = Buffer.from(text.split('.')[2] ?? '', 'base64url').subarray(32)
      // Below n/2 begin with 0x7fffffff80… at most (NIST SP 800-186 §3.2.1.3).
      expect(s.toString('hex') > '7fffffff8').toBe(true)
      await expect(compactVerify(text, verifying)).resolves.toBeDefined()
      expect(truth.authentic).toBe(true)
    }
  })

  test('of an unknown kind, like an unknown signer, is refused by both doors', () => {
    const wrong = [
      { ...SOURCE, defect: { kind: 'no-such' } },
      { ...SOURCE, signer: 'three' },
      { ...SOURCE, signer: 'constructor' },
      { ...SOURCE, signer: 'three', claims: {} },
    ]
    for (const source of wrong) {
      expect(() => mint(source, AT_US, CONTEXT)).toThrow(RangeError)
      expect(() => truthOf(source, AT_US, CONTEXT)).toThrow(RangeError)
    }
  })
})

function asWritten(value: unknown): Json {
  const read: Json = JSON.parse(JSON.stringify(value))
  return read
}

function textIn(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

function timeIn(value: unknown): number | null {
  if (typeof value !== 'number') return null
  const us = Math.round(value * 1e6)
  return Number.isFinite(us) ? us : Math.sign(us) * Number.MAX_VALUE
}

function truthAsRead(payload: Record<string, unknown>, algorithm: unknown): unknown {
  return {
    issuer: textIn(payload['iss']),
    subject: textIn(payload['sub']),
    audience: payload['aud'] ?? null,
    authentic: payload['iss'] === 'client-1',
    algorithm,
    jti: textIn(payload['jti']),
    expUs: timeIn(payload['exp']),
    nbfUs: timeIn(payload['nbf']),
    iatUs: timeIn(payload['iat']),
    defect: null,
  }
}
