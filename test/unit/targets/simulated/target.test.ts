import { describe, expect, test } from 'vitest'
import { truthOf } from '../../../../harness/jwt/mint.ts'
import type { Json } from '../../../../harness/model/plan.ts'
import type { Exchange, Read, Session, Target } from '../../../../harness/model/target.ts'
import { seeded } from '../../../../harness/random.ts'
import { embedded } from '../../../../targets/embedded.ts'
import { simulatedReference } from '../../../../targets/simulated/target.ts'
import {
  brief,
  CLIENT_CREDENTIALS,
  JWT_GRANT,
  principal,
  stepOf,
  testSite,
  type Request,
} from '../system.ts'

/** The truth of an assertion that must be accepted, but for what is changed; as JSON, which simulated targets speak. */
function truth(
  target: Target,
  session: Session,
  by: string,
  claims: Readonly<Record<string, Json>> = {},
  signer?: string,
): string {
  const { id, subject, usage, keys } = principal(target, by)
  const key = keys[0]?.name ?? ''
  const owners = Object.fromEntries(
    target.facts.principals.flatMap((one) => one.keys.map(({ name }) => [name, one.id])),
  )
  const aud =
    usage === 'bearer-token' ? (target.facts.endpoints.resource ?? '') : target.facts.issuer
  const right = {
    iss: id,
    sub: subject,
    aud,
    iat: { $now: 0 },
    exp: { $now: 60 },
    jti: { $jti: 'a-' },
  }
  const source = {
    kind: 'minted',
    usage,
    signer: signer ?? key,
    header: { alg: 'ES256' },
    claims: { ...right, ...claims },
    defect: null,
    last: true,
  } as const
  const atUs = session.clock?.nowUs() ?? 0
  return JSON.stringify(truthOf(source, atUs, { keys: target.keys, owners, runId: 'the-run' }))
}

async function opened(
  seed = 'simulated',
): Promise<{ readonly target: Target; readonly session: Session }> {
  const target = simulatedReference(seeded(seed))
  return { target, session: await target.open(testSite()) }
}

async function exchange(target: Target, session: Session, request: Request): Promise<Exchange> {
  const wire = await session.connect('node-1', 'honest')
  return wire.send(target.present(stepOf(request), request.parts), new AbortController().signal)
}

async function readFrom(target: Target, session: Session, request: Request): Promise<Read> {
  const { raw } = await exchange(target, session, request)
  return target.read(raw, request.endpoint ?? 'token', (token) => token)
}

async function answerTo(
  target: Target,
  session: Session,
  client_assertion: string,
): Promise<string> {
  return brief(
    (await readFrom(target, session, { params: CLIENT_CREDENTIALS, parts: { client_assertion } }))
      .answer,
  )
}

describe('the simulated reference', () => {
  test('is the embedded target with one node, and speaks truth', () => {
    const target = simulatedReference(seeded('simulated'))
    const { facts, keys } = embedded(seeded('simulated'), { nodes: 1 })
    expect(target.facts).toEqual({ ...facts, name: 'simulated:reference' })
    expect(target.keys).toEqual(keys)
    expect(target.speaks).toBe('truth')
  })

  test('accepts an assertion once', async () => {
    const { target, session } = await opened()
    const once = truth(target, session, 'honest')
    expect(await answerTo(target, session, once)).toBe('200')
    expect(await answerTo(target, session, once)).toBe('400 invalid_client')
  })

  test('accepts one of many copies at once', async () => {
    const { target, session } = await opened()
    const once = truth(target, session, 'honest')
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => answerTo(target, session, once)),
    )
    expect(answers.filter((answer) => answer === '200')).toHaveLength(1)
  })

  test.each<[string, Readonly<Record<string, Json>>, string?]>([
    ['that has expired', { exp: { $now: -11 } }],
    ['for somebody else', { aud: 'https://other.example' }],
    ['of an unknown issuer', { iss: 'nobody' }],
    ['without an identifier', { jti: null }],
    ['signed by another party', {}, 'hostile'],
  ])('refuses an assertion %s', async (_how, claims, signer) => {
    const { target, session } = await opened()
    expect(await answerTo(target, session, truth(target, session, 'honest', claims, signer))).toBe(
      '400 invalid_client',
    )
  })

  test('refuses what is no truth at all', async () => {
    const { target, session } = await opened()
    for (const text of ['', 'a.b.c', '{}', 'null', '{"authentic":true}']) {
      expect(await answerTo(target, session, text)).toBe('400 invalid_client')
    }
  })

  test('issues tokens that work until they expire, and no others', async () => {
    const { target, session } = await opened()
    const { taken } = await readFrom(target, session, {
      params: JWT_GRANT,
      parts: { assertion: truth(target, session, 'honest-issuer') },
    })
    const use = async (authorization: string): Promise<string> =>
      brief(
        (await readFrom(target, session, { endpoint: 'resource', parts: { authorization } }))
          .answer,
      )
    const token = taken['access-token'] ?? ''
    expect(await use(token)).toBe('200')
    expect(await use(`${token}x`)).toBe('401 invalid_token')
    expect(await use(truth(target, session, 'honest-token-issuer'))).toBe('200')
    await session.clock?.sleepUntil(session.clock.nowUs() + 300e6)
    expect(await use(token)).toBe('401 invalid_token')
  })

  test('introspects for a client, and for nobody else', async () => {
    const { target, session } = await opened()
    const token = truth(target, session, 'honest-token-issuer')
    const introspect = async (client_assertion: string): Promise<Read> =>
      readFrom(target, session, {
        endpoint: 'introspection',
        params: CLIENT_CREDENTIALS,
        parts: { token, client_assertion },
      })
    const right = await introspect(truth(target, session, 'honest'))
    const wrong = await introspect(truth(target, session, 'honest', { aud: 'x' }))
    expect(right.answer).toMatchObject({ status: 200, active: true })
    expect(wrong.answer).toMatchObject({ status: 401, code: 'invalid_client', active: null })
  })

  test('gives the same stamps and answers for the same seed, and others for another', async () => {
    const stamps = async (seed: string): Promise<readonly unknown[]> => {
      const { target, session } = await opened(seed)
      return Promise.all(
        Array.from({ length: 50 }, async (_none, index) => {
          await session.clock?.sleepUntil(session.clock.nowUs() + 500 * (index % 10))
          const client_assertion = truth(target, session, 'honest', {
            jti: { $jti: `${index % 25}-` },
          })
          const { begunUs, answeredUs, raw } = await exchange(target, session, {
            params: CLIENT_CREDENTIALS,
            parts: { client_assertion },
          })
          return [begunUs, answeredUs, 'status' in raw && raw.status]
        }),
      )
    }
    const first = await stamps('1')
    expect(await stamps('1')).toEqual(first)
    expect(await stamps('2')).not.toEqual(first)
  })

  test('lives a simulated day in no time, on its own clock, which it knows exactly', async () => {
    const { session } = await opened()
    const startUs = session.clock?.nowUs() ?? 0
    await session.clock?.sleepUntil(startUs + 86_400e6)
    expect(session.clock?.nowUs()).toBe(startUs + 86_400e6)
    expect(await session.clockOf('node-1')).toEqual({ source: 'simulated', lowUs: 0, highUs: 0 })
  })
})
