import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { KeyFile, TargetFile } from '../../../harness/model/target-file.ts'
import type { Target } from '../../../harness/model/target.ts'
import { seeded } from '../../../harness/random.ts'
import { targetOfFile } from '../../../targets/of-file.ts'
import { freePorts } from '../../../targets/ports.ts'
import { fileOf } from './a-file.ts'
import { testSite } from './system.ts'

const SEED = seeded('of-file')
const HERE = join(import.meta.dirname, 'target.yaml')

function folder(): string {
  return mkdtempSync(join(tmpdir(), 'cupel-'))
}

describe('the target of a file', () => {
  test('knows its parties by what the file says of them', async () => {
    const grant = {
      issuer: 'https://idp.test',
      subject: 'alice',
      for: ['honest'],
      key: { generate: 'ES256', kid: 'g' },
    } as const
    const { facts, keys } = await targetOfFile(fileOf({ grants: [grant] }), HERE, SEED)
    expect(facts.usages).toEqual(['client-authentication', 'authorization-grant'])
    expect(facts.nodes).toEqual(['node-1'])
    expect(facts.principals).toEqual([
      {
        name: 'a',
        usage: 'client-authentication',
        id: 'a',
        subject: 'a',
        roles: ['honest', 'hostile'],
        keys: [{ name: 'a-key', algorithm: 'ES256', kid: 'a-key' }],
      },
      {
        name: 'grant-1',
        usage: 'authorization-grant',
        id: 'https://idp.test',
        subject: 'alice',
        roles: ['honest'],
        keys: [{ name: 'grant-1-key', algorithm: 'ES256', kid: 'g' }],
      },
    ])
    expect(Object.keys(keys)).toEqual(['a-key', 'grant-1-key'])
  })

  test('says under which profile and how fast it may be asked', async () => {
    const { facts } = await targetOfFile(
      fileOf({ profile: 'fapi2', maxRatePerSecond: 5 }),
      HERE,
      SEED,
    )
    expect(facts).toMatchObject({ profile: 'fapi2', maxPerSecond: 5 })
  })

  test('has the same keys from the same seed', async () => {
    const [one, other] = await Promise.all([
      targetOfFile(fileOf(), HERE, SEED),
      targetOfFile(fileOf(), HERE, SEED),
    ])
    expect(one.keys).toEqual(other.keys)
  })

  test('elsewhere without leave is refused before anything is asked', async () => {
    const file = fileOf({ nodes: [{ name: 'n', url: 'https://as.example' }] })
    await expect(targetOfFile(file, HERE, SEED)).rejects.toMatchObject({
      code: 'ERR_NOT_AUTHORISED',
    })
  })

  test('that nobody answers for is told by address', async () => {
    const port = (await freePorts(['dead'])).get('dead') ?? 0
    const file = fileOf({ endpoints: { token: `http://127.0.0.1:${port}/token` } })
    const target = await targetOfFile(file, HERE, SEED)
    await expect(target.open(testSite())).rejects.toMatchObject({
      code: 'ERR_TARGET_UNREACHABLE',
      message: `nobody answers at 127.0.0.1:${port}: ECONNREFUSED`,
      hint: 'start the target, or correct its address in the target file',
    })
  })
})

describe('keys by file', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const place = folder()
  const written = (name: string, text: string): string => {
    writeFileSync(join(place, name), text)
    return name
  }
  const jwk = privateKey.export({ format: 'jwk' })
  const targetWith = (key: KeyFile): ReturnType<typeof targetOfFile> =>
    targetOfFile(
      fileOf({ clients: [{ id: 'a', for: ['honest'], key }] }),
      join(place, 'target.yaml'),
      SEED,
    )

  test('are read as JWK with their kid, or as PEM named by their thumbprint (RFC 7638)', async () => {
    const pem = written('key.pem', privateKey.export({ format: 'pem', type: 'pkcs8' }).toString())
    const named = written('key.jwk', JSON.stringify({ ...jwk, kid: 'mine', alg: 'ES256' }))
    const [byPem, byJwk, renamed] = await Promise.all([
      targetWith({ file: pem }),
      targetWith({ file: named }),
      targetWith({ file: named, kid: 'theirs' }),
    ])
    expect(byPem.facts.principals[0]?.keys[0]).toMatchObject({
      algorithm: 'ES256',
      kid: expect.stringMatching(/^[\w-]{43}$/u),
    })
    expect(byPem.keys['a-key']).toMatchObject({ kty: 'EC', crv: 'P-256', d: jwk.d, alg: 'ES256' })
    expect(byJwk.facts.principals[0]?.keys[0]?.kid).toBe('mine')
    expect(renamed.facts.principals[0]?.keys[0]?.kid).toBe('theirs')
  })

  test.each([
    ['missing', () => 'nowhere.jwk', /ENOENT/u],
    ['no key', () => written('no.jwk', '{"hello": 1}'), /it is no private key as JWK or PEM$/u],
    ['no JSON', () => written('text.jwk', 'c2VjcmV0'), /it is no private key as JWK or PEM$/u],
    [
      'public',
      () => written('public.jwk', JSON.stringify(publicKey.export({ format: 'jwk' }))),
      /it is no private key as JWK or PEM$/u,
    ],
    [
      'a public PEM',
      () => written('public.pem', publicKey.export({ format: 'pem', type: 'spki' }).toString()),
      /it is no private key as JWK or PEM$/u,
    ],
    [
      'for another algorithm',
      () => written('rs.jwk', JSON.stringify({ ...jwk, alg: 'RS256' })),
      /is not one for "RS256"$/u,
    ],
  ])('that are %s are refused without being repeated', async (_how, make, message) => {
    const file = make()
    const error: unknown = await targetWith({ file }).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({
      code: 'ERR_CONFIG_INVALID',
      message: expect.stringMatching(message),
    })
    expect(String(error)).not.toContain(jwk.d)
    expect(String(error)).not.toContain('c2VjcmV0')
  })
})

describe('a key that two parties have', () => {
  const generated = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
  const shared = (): { path: string; key: KeyFile } => {
    const path = folder()
    writeFileSync(join(path, 'one.jwk'), JSON.stringify(generated.export({ format: 'jwk' })))
    return { path: join(path, 'target.yaml'), key: { file: 'one.jwk' } }
  }
  const client = (id: string, key: KeyFile) => ({ id, for: ['honest' as const], key })

  test('is refused, since each then signs rightly for the other', async () => {
    const { path, key } = shared()
    const file = fileOf({ clients: [client('a', key), client('b', key)] })
    await expect(targetOfFile(file, path, SEED)).rejects.toMatchObject({
      code: 'ERR_CONFIG_INVALID',
      message: 'a and b have the same key',
    })
  })

  test('is no matter where one is a client and the other issues grants', async () => {
    const { path, key } = shared()
    const grant = { issuer: 'https://idp.test', subject: 'alice', for: ['honest' as const], key }
    const file = fileOf({ clients: [client('a', key)], grants: [grant] })
    expect((await targetOfFile(file, path, SEED)).facts.principals).toHaveLength(2)
  })
})

describe('a target that Cupel starts', () => {
  test('is told its port, its issuer and the public keys of all parties, and ends with the session', async () => {
    const file: TargetFile = fileOf({
      issuer: 'http://127.0.0.1:{as.port}',
      endpoints: { token: 'http://127.0.0.1:{as.port}/token' },
      clock: { source: 'date-header' },
      processes: {
        as: {
          command: ['node', 'server-fixture.mjs', '{port}', 'serves', '{clients}'],
          ready: { http: '/' },
        },
      },
    })
    const target = await targetOfFile(file, HERE, SEED)
    expect(target.facts.endpoints.token).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/token$/u)
    const site = { ...testSite(), folder: folder() }
    const session = await target.open(site)
    const wire = await session.connect('node-1', 'a')
    const message = {
      method: 'GET',
      path: '/clients',
      headers: {},
      body: new Uint8Array(),
      heldBytes: 0,
    } as const
    const { raw } = await wire.send(message, site.signal)
    await wire.close()
    const told: unknown = 'body' in raw ? JSON.parse(new TextDecoder().decode(raw.body)) : null
    expect(told).toMatchObject({
      issuer: target.facts.issuer,
      clients: [{ client_id: 'a', jwks: { keys: [{ kty: 'EC', kid: 'a-key', alg: 'ES256' }] } }],
      issuers: [],
    })
    expect(JSON.stringify(told)).not.toContain('"d"')
    const offset = await session.clockOf('node-1')
    expect(offset?.source).toBe('date-header')
    expect(offset?.lowUs).toBeLessThanOrEqual(0)
    expect(offset?.highUs).toBeGreaterThanOrEqual(0)
    await session.close()
    await expect(session.connect('node-1', 'a')).rejects.toMatchObject({
      code: 'ERR_TARGET_UNREACHABLE',
    })
  })
})

describe('an adapter', () => {
  const adapterOf = (text: string): Promise<Target> => {
    const place = folder()
    writeFileSync(join(place, 'mine.mjs'), text)
    return targetOfFile({ kind: 'module', adapter: './mine.mjs' }, join(place, 'target.yaml'), SEED)
  }
  const FACTS =
    '{ name: "mine", endpoints: { token: "http://localhost/t" }, principals: [], nodes: [] }'
  const TARGET = `{ facts: ${FACTS}, keys: {}, speaks: "jwt", present() {}, read() {}, open() {} }`

  test('gives a target, or makes one', async () => {
    const given = await adapterOf(`export const target = ${TARGET}`)
    const made = await adapterOf(
      `export default (random) => ({ ...${TARGET}, keys: { drawn: random.next() } })`,
    )
    expect(given).toMatchObject({ facts: { name: 'mine' }, keys: {} })
    expect(made).toMatchObject({ keys: { drawn: expect.any(Number) } })
  })

  test('may be an instance of a class', async () => {
    const target = await adapterOf(`
      class Mine {
        facts = ${FACTS}; keys = {}; speaks = 'jwt'; opened = 'opened'
        present() {} read() {} open() { return Promise.resolve(this.opened) }
      }
      export const target = new Mine()`)
    expect(await target.open(testSite())).toBe('opened')
  })

  test.each([
    ['export const target = {}', 'exports no target'],
    ['export const mine = 1', 'exports no target'],
    ['syntax error', 'cannot be loaded'],
  ])('%s is none', async (text, problem) => {
    await expect(adapterOf(text)).rejects.toMatchObject({
      code: 'ERR_CONFIG_INVALID',
      message: `the adapter ./mine.mjs ${problem}`,
    })
  })

  test('for a target elsewhere needs leave too', async () => {
    const remote = TARGET.replace('http://localhost/t', 'https://as.example/t')
    await expect(adapterOf(`export const target = ${remote}`)).rejects.toMatchObject({
      code: 'ERR_NOT_AUTHORISED',
    })
  })
})
