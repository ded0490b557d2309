/** Goal: the reference takes revocations by RFC 7009, at any of its nodes and for all of them, live as in a simulation. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Session, Target } from '../../../harness/model/target.ts'
import { seeded } from '../../../harness/random.ts'
import { embedded } from '../../../targets/embedded.ts'
import { simulated } from '../../../targets/simulated/target.ts'
import { truth } from './simulated/a-system.ts'
import { ask, assertion, brief, CLIENT_CREDENTIALS, testSite } from './system.ts'

const LIVE = embedded(seeded('7'), { nodes: 2 })
const SIMULATED = simulated(seeded('7'), { nodes: 2 })
const sessions = new Map<Target, Session>()

beforeAll(async () => {
  for (const target of [LIVE, SIMULATED]) sessions.set(target, await target.open(testSite()))
}, 60_000)
afterAll(async () => {
  for (const session of sessions.values()) await session.close()
})

describe.each([
  ['live', LIVE],
  ['simulated', SIMULATED],
])('a %s token', (_which, target) => {
  const opened = (): Session => {
    const session = sessions.get(target)
    if (session === undefined) throw new Error('it was not opened')
    return session
  }
  const asked = (endpoint: string, node: string, parts: Readonly<Record<string, string>>) =>
    ask(target, opened(), { endpoint, node, params: CLIENT_CREDENTIALS, parts })
  const client = (by: string) => ({
    client_assertion:
      target === LIVE ? assertion(target, { by }) : truth({ target, session: opened() }, by),
  })
  const issued = async (): Promise<string> =>
    (await asked('token', 'node-1', client('honest'))).taken['access-token'] ?? ''
  const revoke = async (token: string, by = 'honest'): Promise<string> =>
    brief((await asked('revocation', 'node-1', { ...client(by), token })).answer)
  const activeAt = async (node: string, token: string): Promise<unknown> => {
    const { answer } = await asked('introspection', node, { ...client('honest'), token })
    return answer.kind === 'reply' ? answer.active : null
  }
  const used = async (token: string): Promise<string> =>
    brief((await asked('resource', 'node-2', { authorization: token })).answer)

  test('is good at every node until its client revokes it at one, and at none from then on', async () => {
    const [token, other] = [await issued(), await issued()]
    expect([await activeAt('node-1', token), await activeAt('node-2', token)]).toEqual([true, true])
    expect(await used(token)).toBe('200')
    expect(await revoke(token)).toBe('200')
    expect([await activeAt('node-1', token), await activeAt('node-2', token)]).toEqual([
      false,
      false,
    ])
    expect(await used(token)).toBe('401 invalid_token')
    expect([await activeAt('node-2', other), await used(other)]).toEqual([true, '200'])
    expect(await revoke(token)).toBe('200')
  })

  test('is not revoked by another client, nor by nobody', async () => {
    const token = await issued()
    expect(await revoke(token, 'hostile')).toBe('400 invalid_request')
    const nobody = await asked('revocation', 'node-1', { token })
    expect(brief(nobody.answer)).toBe('400 invalid_client')
    expect(await activeAt('node-2', token)).toBe(true)
  })

  test('that is none needs no revocation, and a request without any is wrong', async () => {
    expect(await revoke('no.token.of-anybody')).toBe('200')
    const without = await asked('revocation', 'node-1', client('honest'))
    expect(brief(without.answer)).toBe('400 invalid_request')
  })

  test('is said neither to be good nor to be revoked while the store cannot be asked', async () => {
    const token = await issued()
    const cut = await opened().controls.link?.inflict('cut', 'node-2>store', {})
    expect(await cut?.confirm()).not.toBeNull()
    expect(await used(token)).toBe('503 temporarily_unavailable')
    await cut?.mend()
    expect(await cut?.confirmMended()).not.toBeNull()
    expect(await used(token)).toBe('200')
  })
})
