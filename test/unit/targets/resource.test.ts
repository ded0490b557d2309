/** The reference's resource endpoint as a verifier over HTTP. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { seeded } from '../../../harness/random.ts'
import type { Session } from '../../../harness/model/target.ts'
import { resource } from '../../../targets/embedded.ts'
import { ask, assertion, brief, testSite, type Assertion } from './system.ts'

const target = resource(seeded('resource'))
let session: Session

beforeAll(async () => {
  session = await target.open(testSite())
})
afterAll(async () => {
  await session.close()
})

async function use(change: Partial<Assertion> = {}): Promise<string> {
  const authorization = assertion(target, { by: 'honest-token-issuer', ...change })
  return brief(
    (await ask(target, session, { endpoint: 'resource', parts: { authorization } })).answer,
  )
}

test('accepts a right token as often as it comes', async () => {
  const authorization = assertion(target, { by: 'honest-token-issuer' })
  for (let times = 0; times < 3; times++) {
    const { answer } = await ask(target, session, {
      endpoint: 'resource',
      parts: { authorization },
    })
    expect(answer).toMatchObject({ status: 200, form: [] })
  }
})

test.each<[string, Partial<Assertion>]>([
  ['expired', { claims: { exp: { $now: -15 } } }],
  ['for another audience', { claims: { aud: 'https://other.example' } }],
  ['signed by another issuer', { signer: 'hostile-token-issuer' }],
  ['not of the type at+jwt', { header: { typ: 'JWT' } }],
])('refuses a token that is %s with invalid_token', async (_what, change) => {
  expect(await use(change)).toBe('401 invalid_token')
})

test('challenges a request without a token, and names no error', async () => {
  const { answer } = await ask(target, session, { endpoint: 'resource', parts: {} })
  expect(answer).toMatchObject({
    status: 401,
    code: null,
    headers: { 'www-authenticate': 'Bearer' },
  })
})
