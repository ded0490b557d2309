import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Session } from '../../../harness/model/target.ts'
import { seeded } from '../../../harness/random.ts'
import { resource } from '../../../targets/embedded.ts'
import { joseVerifier } from '../../../targets/jose.ts'
import { ask, assertion, brief, testSite, type Assertion } from './system.ts'

const target = joseVerifier(seeded('jose'))
let session: Session

beforeAll(async () => {
  session = await target.open(testSite())
})
afterAll(async () => {
  await session.close()
})

const HONEST = 'honest-token-issuer'

async function answerTo(change: Partial<Assertion> = {}): Promise<string> {
  const authorization = assertion(target, { by: HONEST, ...change })
  const { answer } = await ask(target, session, {
    endpoint: 'resource',
    node: 'jose',
    parts: { authorization },
  })
  return brief(answer)
}

describe('the jose verifier', () => {
  test('accepts a right token, again and again', async () => {
    const authorization = assertion(target, { by: HONEST })
    const request = { endpoint: 'resource', node: 'jose', parts: { authorization } }
    expect(brief((await ask(target, session, request)).answer)).toBe('200')
    expect(brief((await ask(target, session, request)).answer)).toBe('200')
  })

  test.each<[string, Partial<Assertion>]>([
    [
      'signed by another party',
      { signer: 'hostile-token-issuer', header: { kid: 'hostile-token-issuer-1' } },
    ],
    ['altered', { defect: { kind: 'signature-bit' } }],
    ['without a signature', { defect: { kind: 'algorithm-none', spelling: 'none' } }],
    ['for somebody else', { claims: { aud: 'https://other.example' } }],
    ['for nobody', { drop: ['aud'] }],
    ['that has expired', { claims: { exp: { $now: -2 } } }],
    ['that never expires', { drop: ['exp'] }],
    ['that is not valid yet', { claims: { nbf: { $now: 60 } } }],
    ['of nobody', { drop: ['iss'] }],
    ['about nobody', { drop: ['sub'] }],
    ['of another type', { header: { typ: 'JWT' } }],
  ])('refuses a token %s', async (_how, change) => {
    expect(await answerTo(change)).toBe('401 invalid_token')
  })

  test('challenges without an error where no token came', async () => {
    const { answer } = await ask(target, session, { endpoint: 'resource', node: 'jose', parts: {} })
    expect(brief(answer)).toBe('401')
  })

  test('is planned for as the resource target over HTTP is', () => {
    const { facts } = resource(seeded('jose'))
    const { name: _name, nodes: _nodes, declares: _declares, ...same } = facts
    expect(target.facts).toMatchObject(same)
  })

  test('is handed the time, so that nobody has to measure its clock', async () => {
    expect(await session.clockOf('jose')).toEqual({ source: 'handed-over', lowUs: 0, highUs: 0 })
  })
})
