/** Goal: each variant differs from the reference in what it says, and in nothing that anybody may be blamed for. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Session } from '../../../../harness/model/target.ts'
import { seeded } from '../../../../harness/random.ts'
import { embedded } from '../../../../targets/embedded.ts'
import { VARIANTS } from '../../../../targets/reference/variants.ts'
import { ask, assertion, brief, CLIENT_CREDENTIALS, testSite, type Assertion } from '../system.ts'

const REFUSED = '400 invalid_client'
const BY_401 = '401 invalid_client'

/** What comes of the second of two assertions with one jti, and of single ones. */
interface Seen {
  readonly again: string
  readonly afterWrongAudience: string
  readonly afterForgery: string
  readonly secondsLate: string
  readonly fiveMinutes: string
  readonly jti128: string
  readonly jti129: string
  readonly audienceInList: string
}

const REFERENCE: Seen = {
  again: REFUSED,
  afterWrongAudience: '200',
  afterForgery: '200',
  secondsLate: '200',
  fiveMinutes: '200',
  jti128: '200',
  jti129: '200',
  audienceInList: '200',
}

describe.each<[string | undefined, Seen]>([
  [undefined, REFERENCE],
  ['reserve-and-release', REFERENCE],
  ['burns-on-refusal', { ...REFERENCE, afterWrongAudience: REFUSED }],
  [
    'strict',
    { ...REFERENCE, again: BY_401, secondsLate: BY_401, fiveMinutes: BY_401, jti129: BY_401 },
  ],
  // Until it is asked faster: test/self/throttled.test.ts.
  ['throttled', REFERENCE],
  ['fapi2', { ...REFERENCE, audienceInList: REFUSED }],
])('variant %s', (variant, expected) => {
  let session: Session
  const target = embedded(seeded('1'), {
    nodes: 1,
    ...(variant === undefined ? {} : { variant }),
  })
  const send = async (some: Omit<Assertion, 'by'> = {}): Promise<string> => {
    const client_assertion = assertion(target, { by: 'honest', ...some })
    const { answer } = await ask(target, session, {
      params: CLIENT_CREDENTIALS,
      parts: { client_assertion },
    })
    return brief(answer)
  }
  const second = async (jti: string, first: Omit<Assertion, 'by'>): Promise<string> => {
    await send({ ...first, claims: { ...first.claims, jti } })
    return send({ claims: { jti } })
  }
  beforeAll(async () => {
    session = await target.open(testSite())
  })
  afterAll(async () => {
    await session.close()
  })

  test('does what its title says', async () => {
    expect(await send()).toBe('200')
    expect({
      again: await second('again', {}),
      afterWrongAudience: await second('aud', { claims: { aud: 'https://else.example' } }),
      afterForgery: await second('forged', { defect: { kind: 'signature-bit' } }),
      secondsLate: await send({ claims: { iat: { $now: -30 }, exp: { $now: -3 } } }),
      fiveMinutes: await send({ claims: { exp: { $now: 290 } } }),
      jti128: await send({ claims: { jti: 'a'.repeat(128) } }),
      jti129: await send({ claims: { jti: 'a'.repeat(129) } }),
      audienceInList: await send({ claims: { aud: [target.facts.issuer] } }),
    }).toEqual(expected)
  })
})

test('every variant has its line above', () => {
  expect(VARIANTS.map(({ name }) => name)).toEqual([
    'reserve-and-release',
    'burns-on-refusal',
    'strict',
    // Asked in the detection matrix: of clients it takes what the reference does.
    'id-jag',
    'throttled',
    'fapi2',
  ])
})
