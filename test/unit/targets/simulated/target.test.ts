import { describe, expect, test } from 'vitest'
import type { Exchange, Read } from '../../../../harness/model/target.ts'
import { seeded } from '../../../../harness/random.ts'
import { embedded } from '../../../../targets/embedded.ts'
import { simulated } from '../../../../targets/simulated/target.ts'
import { brief, CLIENT_CREDENTIALS, JWT_GRANT, stepOf, testSite, type Request } from '../system.ts'
import { answerAt, opened, truth, type Change, type System } from './a-system.ts'

async function exchange({ target, session }: System, request: Request): Promise<Exchange> {
  const wire = await session.connect('node-1', 'honest')
  return wire.send(target.present(stepOf(request), request.parts), new AbortController().signal)
}

async function readFrom(system: System, request: Request): Promise<Read> {
  const { raw } = await exchange(system, request)
  return system.target.read(raw, request.endpoint ?? 'token', (token) => token)
}

async function answerTo(system: System, client_assertion: string): Promise<string> {
  const { answer } = await readFrom(system, {
    params: CLIENT_CREDENTIALS,
    parts: { client_assertion },
  })
  return brief(answer)
}

describe('the simulated reference', () => {
  test('is the embedded target, and speaks truth', () => {
    const target = simulated(seeded('simulated'))
    const { facts, keys } = embedded(seeded('simulated'))
    expect(target.facts).toEqual({ ...facts, name: 'simulated:reference' })
    expect(target.keys).toEqual(keys)
    expect(target.speaks).toBe('truth')
  })

  test('accepts an assertion once', async () => {
    const system = await opened()
    const once = truth(system, 'honest')
    expect(await answerTo(system, once)).toBe('200')
    expect(await answerTo(system, once)).toBe('400 invalid_client')
  })

  test('is asked again only after its answer: the stamps say in which order', async () => {
    const system = await opened()
    const request = {
      params: CLIENT_CREDENTIALS,
      parts: { client_assertion: truth(system, 'honest') },
    }
    const wire = await system.session.connect('node-1', 'honest')
    const message = system.target.present(stepOf(request), request.parts)
    const first = await wire.send(message, new AbortController().signal)
    const second = await wire.send(message, new AbortController().signal)
    expect(second.begunUs).toBeGreaterThan(first.answeredUs ?? Number.NaN)
  })

  test('accepts one of many copies at once', async () => {
    const system = await opened()
    const once = truth(system, 'honest')
    const answers = await Promise.all(Array.from({ length: 20 }, () => answerTo(system, once)))
    expect(answers.filter((answer) => answer === '200')).toHaveLength(1)
  })

  test.each<[string, Change]>([
    ['that has expired', { claims: { exp: { $now: -11 } } }],
    ['for somebody else', { claims: { aud: 'https://other.example' } }],
    ['of an unknown issuer', { claims: { iss: 'nobody' } }],
    ['without an identifier', { claims: { jti: null } }],
    ['signed by another party', { signer: 'hostile' }],
  ])('refuses an assertion %s', async (_how, change) => {
    const system = await opened()
    expect(await answerTo(system, truth(system, 'honest', change))).toBe('400 invalid_client')
  })

  test('refuses what is no truth at all', async () => {
    const system = await opened()
    for (const text of ['', 'a.b.c', '{}', 'null', '{"authentic":true}']) {
      expect(await answerTo(system, text)).toBe('400 invalid_client')
    }
  })

  test('issues tokens that work until they expire, and no others', async () => {
    const system = await opened()
    const parts = { assertion: truth(system, 'honest-issuer') }
    const { taken } = await readFrom(system, { params: JWT_GRANT, parts })
    const use = async (authorization: string): Promise<string> =>
      brief((await readFrom(system, { endpoint: 'resource', parts: { authorization } })).answer)
    const token = taken['access-token'] ?? ''
    expect(await use(token)).toBe('200')
    expect(await use(`${token}x`)).toBe('401 invalid_token')
    expect(await use(truth(system, 'honest-token-issuer'))).toBe('200')
    const { clock } = system.session
    await clock?.sleepUntil(clock.nowUs() + 310e6)
    expect(await use(token)).toBe('401 invalid_token')
  })

  test('introspects for a client, and for nobody else', async () => {
    const system = await opened()
    const token = truth(system, 'honest-token-issuer')
    const introspect = async (client_assertion: string): Promise<Read> =>
      readFrom(system, {
        endpoint: 'introspection',
        params: CLIENT_CREDENTIALS,
        parts: { token, client_assertion },
      })
    const right = await introspect(truth(system, 'honest'))
    const wrong = await introspect(truth(system, 'honest', { claims: { aud: 'x' } }))
    expect(right.answer).toMatchObject({ status: 200, active: true })
    expect(wrong.answer).toMatchObject({ status: 401, code: 'invalid_client', active: null })
  })

  test('gives the same stamps and answers for the same seed, and others for another', async () => {
    const stampsOf = async (seed: string): Promise<readonly unknown[]> => {
      const system = await opened(seed)
      const { clock } = system.session
      const send = async (index: number): Promise<unknown> => {
        await clock?.sleepUntil(clock.nowUs() + 500 * (index % 10))
        const jti = { $jti: `${index % 25}-` }
        const parts = { client_assertion: truth(system, 'honest', { claims: { jti } }) }
        const { begunUs, answeredUs, raw } = await exchange(system, {
          params: CLIENT_CREDENTIALS,
          parts,
        })
        return [begunUs, answeredUs, 'status' in raw && raw.status]
      }
      return Promise.all(Array.from({ length: 50 }, (_none, index) => send(index)))
    }
    const first = await stampsOf('1')
    expect(await stampsOf('1')).toEqual(first)
    expect(await stampsOf('2')).not.toEqual(first)
  })

  test('lives a simulated day in no time, on its own clock, which it knows exactly', async () => {
    const { session } = await opened()
    const startUs = session.clock?.nowUs() ?? 0
    await session.clock?.sleepUntil(startUs + 86_400e6)
    expect(session.clock?.nowUs()).toBe(startUs + 86_400e6)
    expect(await session.clockOf('node-1')).toEqual({ source: 'simulated', lowUs: 0, highUs: 0 })
  })
})

describe('a simulated system of three nodes', () => {
  test('knows at each node what another has accepted', async () => {
    const system = await opened()
    const once = truth(system, 'honest')
    const answers = []
    for (const node of system.session.nodes) answers.push(await answerAt(system, node, once))
    expect(answers).toEqual(['200', '400 invalid_client', '400 invalid_client'])
  })

  test('answers 503 at a node that is cut from the store, until it is mended', async () => {
    const system = await opened()
    const { link } = system.session.controls
    const at = (node: string): Promise<string> => answerAt(system, node, truth(system, 'honest'))
    const cut = await link?.inflict('cut', 'node-2>store', {})
    expect(await cut?.confirm()).toMatchObject({ now: { there: 'reset' } })
    expect([await at('node-1'), await at('node-2')]).toEqual(['200', '503 temporarily_unavailable'])
    await cut?.mend()
    expect(await at('node-2')).toBe('200')
  })

  test('answers nothing at a node that is cut from its clients', async () => {
    const system = await opened()
    await system.session.controls.link?.inflict('cut', 'client>node-1', {})
    expect(await answerAt(system, 'node-1', truth(system, 'honest'))).toBe('reset')
  })

  test('judges by the clock of the node that is asked, and tells what that clock is', async () => {
    const system = await opened()
    const { clock } = system.session.controls
    await clock?.setOffset('node-3', 90e6)
    expect(await clock?.measure('node-3')).toEqual({ lowUs: 90e6, highUs: 90e6 })
    expect(await system.session.clockOf('node-3')).toMatchObject({ lowUs: 90e6 })
    const at = (node: string): Promise<string> => answerAt(system, node, truth(system, 'honest'))
    expect([await at('node-1'), await at('node-3')]).toEqual(['200', '400 invalid_client'])
    await clock?.setOffset('node-3', 0)
    expect(await at('node-3')).toBe('200')
  })

  test('has no lever over what is not there', async () => {
    const { controls } = (await opened()).session
    expect(controls.link?.rung('cut', 'node-9>store')).toBeNull()
    await expect(controls.link?.inflict('cut', 'node-9>store', {})).rejects.toThrow('node-9>store')
    await expect(controls.clock?.setOffset('node-9', 1)).rejects.toThrow('node-9')
  })
})

describe('a simulated flaw', () => {
  test('is that of the live system: here, a memory in each node', async () => {
    const target = simulated(seeded('flawed'), { flaw: 'memory-per-node' })
    const system = { target, session: await target.open(testSite()) }
    const once = truth(system, 'honest')
    const answers = []
    for (const node of ['node-1', 'node-1', 'node-2'])
      answers.push(await answerAt(system, node, once))
    expect(answers).toEqual(['200', '400 invalid_client', '200'])
  })

  test('is refused where it lives in bytes, with the reason', () => {
    expect(() => simulated(seeded('1'), { flaw: 'crit-ignored' })).toThrow(/lives in how bytes/)
  })
})
