/** The embedded target over real processes and sockets, driven as the harness drives it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { seeded } from '../../../harness/random.ts'
import type { Inflicted, LeverName } from '../../../harness/model/fault.ts'
import type { Json } from '../../../harness/model/plan.ts'
import type { Session } from '../../../harness/model/target.ts'
import { embedded } from '../../../targets/embedded.ts'
import {
  ask,
  assertion,
  brief,
  CLIENT_CREDENTIALS,
  clock,
  JWT_GRANT,
  testSite,
  timeIn,
  type Assertion,
} from './system.ts'

const target = embedded(seeded('embedded'))
const site = testSite()
let session: Session

beforeAll(async () => {
  session = await target.open(site)
})
afterAll(async () => {
  await session.close()
})

async function authenticate(change: Partial<Assertion> = {}, node = 'node-1'): Promise<string> {
  const client_assertion = assertion(target, { by: 'honest', ...change })
  return present(client_assertion, node)
}

async function present(client_assertion: string, node: string): Promise<string> {
  const { answer } = await ask(target, session, {
    node,
    params: CLIENT_CREDENTIALS,
    parts: { client_assertion },
  })
  return brief(answer)
}

async function grant(change: Partial<Assertion> = {}): Promise<string> {
  const parts = { assertion: assertion(target, { by: 'honest-issuer', ...change }) }
  const { answer } = await ask(target, session, { node: 'node-1', params: JWT_GRANT, parts })
  return brief(answer)
}

function doTo(
  on: string,
  of: LeverName,
  act: string,
  options: Readonly<Record<string, Json>> = {},
): Promise<Inflicted> {
  const lever = session.controls[of]
  if (lever === undefined) throw new RangeError(`no lever over ${of}`)
  return lever.inflict(act, on, options)
}

describe('a request that deserves acceptance', () => {
  test.each(target.facts.principals.filter(({ usage }) => usage === 'client-authentication'))(
    'is accepted from the client $name',
    async ({ name }) => expect(await authenticate({ by: name })).toBe('200'),
  )
  test.each(target.facts.principals.filter(({ usage }) => usage === 'authorization-grant'))(
    'is accepted from the grant issuer $name',
    async ({ name }) => expect(await grant({ by: name })).toBe('200'),
  )
  test('has no fault of form, at any node', async () => {
    for (const node of session.nodes) {
      const parts = { client_assertion: assertion(target, { by: 'honest' }) }
      const { answer } = await ask(target, session, { node, params: CLIENT_CREDENTIALS, parts })
      expect(answer).toMatchObject({ status: 200, form: [], token: 'tag' })
    }
  })
  test('may carry a client beside the grant', async () => {
    const parts = {
      client_assertion: assertion(target, { by: 'honest' }),
      assertion: assertion(target, { by: 'honest-issuer' }),
    }
    const params = [...JWT_GRANT, ...CLIENT_CREDENTIALS.slice(1)]
    expect(brief((await ask(target, session, { params, parts })).answer)).toBe('200')
  })
  test('may have fractions of seconds, an audience in a list, and no kid', async () => {
    const exp = clock.nowUs() / 1e6 + 60.5
    expect(await authenticate({ claims: { exp, aud: [target.facts.issuer] } })).toBe('200')
    expect(await authenticate({ header: { kid: 'honest-1', typ: 'JWT' } })).toBe('200')
  })
})

describe('a request that deserves rejection', () => {
  const wrong: readonly (readonly [string, Partial<Assertion>])[] = [
    ['an expired assertion', { claims: { exp: { $now: -15 } } }],
    ['one without exp', { drop: ['exp'] }],
    ['an exp in text', { claims: { exp: '4102444800' } }],
    ['one that is not valid yet', { claims: { nbf: { $now: 30 } } }],
    ['one that lives for a day', { claims: { exp: { $now: 86_400 } } }],
    ['another audience', { claims: { aud: 'https://other.example' } }],
    ['the token endpoint as audience', { claims: { aud: target.facts.endpoints.token ?? '' } }],
    ['no audience', { drop: ['aud'] }],
    ['no issuer', { drop: ['iss'] }],
    ['no subject', { drop: ['sub'] }],
    ['no jti', { drop: ['jti'] }],
    ['an unknown algorithm', { header: { alg: 'none' } }],
    ['an unknown critical extension', { header: { crit: ['cupel'], cupel: true } }],
  ]
  test.each(wrong)('is refused with invalid_client: %s', async (_what, change) => {
    expect(await authenticate(change)).toBe('400 invalid_client')
  })
  test.each(wrong)('is refused with invalid_grant: %s', async (_what, change) => {
    expect(await grant(change)).toBe('400 invalid_grant')
  })
  test('is refused when another registered party signs', async () => {
    expect(await authenticate({ signer: 'hostile', header: { kid: 'hostile-1' } })).toBe(
      '400 invalid_client',
    )
    expect(await authenticate({ signer: 'hostile' })).toBe('400 invalid_client')
    expect(await grant({ signer: 'hostile-issuer' })).toBe('400 invalid_grant')
  })
  test('is refused for the client first, and does not spend the grant beside it', async () => {
    const good = assertion(target, { by: 'honest-issuer' })
    const parts = {
      client_assertion: assertion(target, { by: 'honest', drop: ['exp'] }),
      assertion: good,
    }
    const params = [...JWT_GRANT, ...CLIENT_CREDENTIALS.slice(1)]
    expect(brief((await ask(target, session, { params, parts })).answer)).toBe('400 invalid_client')
    const alone = await ask(target, session, { params: JWT_GRANT, parts: { assertion: good } })
    expect(brief(alone.answer)).toBe('200')
  })
  test('is refused when it is malformed as a request', async () => {
    const one = { client_assertion: assertion(target, { by: 'honest' }) }
    const twice = await ask(target, session, {
      params: [...CLIENT_CREDENTIALS, ['grant_type', 'x']],
      parts: one,
    })
    expect(brief(twice.answer)).toBe('400 invalid_request')
    const unknown = await ask(target, session, { params: [['grant_type', 'x']], parts: one })
    expect(brief(unknown.answer)).toBe('400 unsupported_grant_type')
    const nobody = await ask(target, session, { params: CLIENT_CREDENTIALS, parts: {} })
    expect(brief(nobody.answer)).toBe('400 invalid_client')
    const other = await ask(target, session, {
      params: [...CLIENT_CREDENTIALS, ['client_id', 'hostile']],
      parts: one,
    })
    expect(brief(other.answer)).toBe('400 invalid_client')
    // None of these has spent it.
    expect(await present(one.client_assertion, 'node-2')).toBe('200')
  })
})

describe('replays', () => {
  test('are refused at the same node and at every other', async () => {
    const once = assertion(target, { by: 'honest' })
    expect(await present(once, 'node-1')).toBe('200')
    for (const node of session.nodes) expect(await present(once, node)).toBe('400 invalid_client')
  })
  test('let one of twenty copies through that come at once', async () => {
    const once = assertion(target, { by: 'honest' })
    const copies = Array.from({ length: 20 }, (_, index) =>
      present(once, session.nodes[index % 3] ?? ''),
    )
    const seen = await Promise.all(copies)
    expect(seen.filter((one) => one === '200')).toHaveLength(1)
    expect(seen.filter((one) => one === '400 invalid_client')).toHaveLength(19)
  })
  test('do not lose to a forgery that came first', async () => {
    const claims = { jti: 'a jti that is forged first' }
    expect(await authenticate({ claims, signer: 'hostile' })).toBe('400 invalid_client')
    expect(await authenticate({ claims })).toBe('200')
    expect(await authenticate({ claims })).toBe('400 invalid_client')
  })
  test('are told from another client’s assertion with the same jti', async () => {
    const claims = { jti: 'shared' }
    expect(await authenticate({ claims })).toBe('200')
    expect(await authenticate({ claims, by: 'hostile' })).toBe('200')
  })
})

describe('tokens', () => {
  test('of one node are active at another, and good at the resource', async () => {
    const parts = { client_assertion: assertion(target, { by: 'honest' }) }
    const { taken } = await ask(target, session, {
      node: 'node-1',
      params: CLIENT_CREDENTIALS,
      parts,
    })
    const token = taken['access-token'] ?? ''
    const asked = { client_assertion: assertion(target, { by: 'honest' }), token }
    const params = CLIENT_CREDENTIALS.slice(1)
    const known = await ask(target, session, {
      endpoint: 'introspection',
      node: 'node-2',
      params,
      parts: asked,
    })
    expect(known.answer).toMatchObject({ status: 200, active: true, form: [] })
    const used = await ask(target, session, {
      endpoint: 'resource',
      node: 'node-3',
      parts: { authorization: token },
    })
    expect(brief(used.answer)).toBe('200')
  })
  test('that nobody issued are not active, and introspection answers no stranger', async () => {
    const params = CLIENT_CREDENTIALS.slice(1)
    const asked = { client_assertion: assertion(target, { by: 'honest' }), token: 'junk' }
    const unknown = await ask(target, session, { endpoint: 'introspection', params, parts: asked })
    expect(unknown.answer).toMatchObject({ status: 200, active: false })
    const stranger = await ask(target, session, {
      endpoint: 'introspection',
      params,
      parts: { token: 'junk' },
    })
    expect(brief(stranger.answer)).toBe('401 invalid_client')
  })
})

describe('the link between a node and the store', () => {
  test('is cut and mended, and a node without its store lets nothing through', async () => {
    const spent = assertion(target, { by: 'honest' })
    expect(await present(spent, 'node-1')).toBe('200')

    const cut = await doTo('node-2>store', 'link', 'cut')
    expect(await cut.confirm()).toMatchObject({ reached: false, bytes: 0 })
    expect(await present(spent, 'node-2')).toBe('503 temporarily_unavailable')
    expect(await authenticate({}, 'node-2')).toBe('503 temporarily_unavailable')
    expect(await authenticate({ drop: ['exp'] }, 'node-2')).toBe('400 invalid_client')
    expect(await authenticate({}, 'node-1')).toBe('200')
    expect(await cut.confirm()).toMatchObject({ reached: false, bytes: 0 })

    await cut.mend()
    expect(await cut.confirmMended()).toMatchObject({ reached: true })
    expect(await authenticate({}, 'node-2')).toBe('200')
    expect(await present(spent, 'node-2')).toBe('400 invalid_client')
  })

  test('is one of two edges of each node', () => {
    const edges = session.nodes.flatMap((node) => [`client>${node}`, `${node}>store`])
    expect(edges.map((edge) => session.controls.link?.rung('cut', edge))).toEqual(
      edges.map(() => 'tcp-proxy'),
    )
  })

  test('is not there under another name', async () => {
    expect(session.controls.link?.rung('cut', 'node-9>store')).toBeNull()
    await expect(doTo('node-9>store', 'link', 'cut')).rejects.toThrow('nothing here can cut')
  })
})

describe('clocks', () => {
  test('of nodes and store are the machine’s, by their own word', async () => {
    for (const name of session.clocks) {
      const offset = await session.clockOf(name)
      expect(offset?.lowUs).toBeLessThanOrEqual(5_000)
      expect(offset?.highUs).toBeGreaterThanOrEqual(-5_000)
    }
    expect(await session.clockOf('node-9')).toBe(null)
  })

  test('can be set, and what is measured is what the node judges by and stamps', async () => {
    await session.controls.clock?.setOffset('node-3', 90_000_000)
    const offset = await session.clockOf('node-3')
    expect(offset?.lowUs).toBeLessThanOrEqual(90_005_000)
    expect(offset?.highUs).toBeGreaterThanOrEqual(89_995_000)
    expect((offset?.highUs ?? 0) - (offset?.lowUs ?? 0)).toBeLessThan(1_000_000)
    const parts = { client_assertion: assertion(target, { by: 'honest' }) }
    const { answer } = await ask(target, session, {
      node: 'node-3',
      params: CLIENT_CREDENTIALS,
      parts,
    })
    expect(brief(answer)).toBe('400 invalid_client')
    const stampedUs = answer.kind === 'reply' ? timeIn(answer.headers['date']) : 0
    expect(stampedUs - clock.nowUs()).toBeGreaterThan(60_000_000)
    await session.controls.clock?.setOffset('node-3', 0)
    expect(await authenticate({}, 'node-3')).toBe('200')
  })
})

describe('processes', () => {
  test('are a switchboard, a store and three nodes, and closing leaves none of them', async () => {
    expect([...site.booked.values()].toSorted()).toEqual([
      'node-1',
      'node-2',
      'node-3',
      'store',
      'switchboard',
    ])
    const pids = [...site.booked.keys()]
    await session.close()
    expect(site.booked.size).toBe(0)
    for (const pid of pids) expect(() => process.kill(pid, 0)).toThrow('ESRCH')
    expect(await session.clockOf('node-1')).toBe(null)
  })
})
