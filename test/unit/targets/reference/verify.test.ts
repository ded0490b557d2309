import { CompactSign, importJWK } from 'jose'
import { describe, expect, test } from 'vitest'
import { publicJwk, seededKey } from '../../../../harness/jwt/keys.ts'
import { signerOf } from '../../../../harness/jwt/sign.ts'
import { seeded } from '../../../../harness/random.ts'
import { FAULTLESS } from '../../../../targets/reference/behaviour.ts'
import { readAssertion, signersOf } from '../../../../targets/reference/verify.ts'

const ALGORITHM = 'ES256'
const jwk = seededKey(ALGORITHM, 'k1', seeded('verify'))
const signers = await signersOf([
  {
    id: 'client',
    subject: 'client',
    usage: 'client-authentication',
    keys: [{ kid: 'k1', algorithm: ALGORITHM, jwk: publicJwk(jwk) }],
  },
])

/** Any payload, rightly signed: what is asked here is what becomes of odd JSON and odd spellings. */
async function signed(
  payload: string,
  header: Readonly<Record<string, string>> = {},
): Promise<string> {
  return new CompactSign(new TextEncoder().encode(payload))
    .setProtectedHeader({ alg: ALGORITHM, ...header })
    .sign(await importJWK({ ...jwk }, ALGORITHM))
}

async function read(text: string): Promise<Awaited<ReturnType<typeof readAssertion>>> {
  return readAssertion({ text, usage: 'client-authentication' }, signers, FAULTLESS)
}

describe('readAssertion', () => {
  test('verifies under the key that kid names, or any of the issuer’s without one', async () => {
    for (const header of [{}, { kid: 'k1' }]) {
      const { assertion, party } = await read(await signed('{"iss":"client","exp":1.5}', header))
      expect(assertion).toMatchObject({
        issuer: 'client',
        expSeconds: 1.5,
        verified: true,
        malformed: [],
      })
      expect(party?.id).toBe('client')
    }
    const { assertion } = await read(await signed('{"iss":"client"}', { kid: 'k2' }))
    expect(assertion.verified).toBe(false)
  })

  test('refuses whatever calls an extension critical, also one that jose knows', async () => {
    const header = { alg: ALGORITHM, b64: false, crit: ['b64'] }
    const segments = [header, { iss: 'client' }].map((each) => Buffer.from(JSON.stringify(each)))
    const input = segments.map((each) => each.toString('base64url')).join('.')
    const unencoded = `${input}.${signerOf(jwk)(input).toString('base64url')}`
    expect((await read(unencoded)).assertion).toMatchObject({ issuer: 'client', verified: false })
  })

  test('knows a party only for its usage and under its exact name', async () => {
    const text = await signed('{"iss":"client"}')
    expect(
      (await readAssertion({ text, usage: 'authorization-grant' }, signers, FAULTLESS)).assertion
        .verified,
    ).toBe(false)
    for (const iss of ['Client', 'client ', '__proto__', 'constructor']) {
      expect((await read(await signed(JSON.stringify({ iss })))).party).toBe(null)
    }
  })

  test.each([
    ['exp', '"1"'],
    ['exp', 'null'],
    ['exp', '1e999'],
    ['nbf', '[]'],
    ['iat', 'true'],
    ['jti', '7'],
    ['sub', '{}'],
  ])('tells a %s of the wrong type (%s) from a missing one', async (claim, value) => {
    const { assertion } = await read(await signed(`{"iss":"client","${claim}":${value}}`))
    expect(assertion.malformed).toEqual([claim])
  })

  test('takes no other spelling of the same bytes', async () => {
    const text = await signed('{"iss":"client"}')
    for (const other of [`${text}=`, ` ${text}`, `${text}\n`, text.replace('.', '=.')]) {
      expect((await read(other)).assertion.verified).toBe(false)
    }
  })

  test.each([
    '',
    '.',
    'a.b.c',
    'e30.e30.',
    'x'.repeat(1000),
    `${'W'.repeat(9999)}.${'W'.repeat(9999)}.W`,
  ])('makes facts of junk and never rejects (%#)', async (junk) => {
    expect((await read(junk)).assertion).toMatchObject({ issuer: null, verified: false })
  })

  test('takes a payload that is no object for no claims at all', async () => {
    for (const payload of ['[]', '"text"', 'null', '{', '\u0000']) {
      expect((await read(await signed(payload))).assertion.verified).toBe(false)
    }
  })
})
