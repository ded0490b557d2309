/** Goal: what `cupel init` writes can be used as it is, nobody else reads its keys, and nothing that was there is lost. */
import { mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { init } from '../../../api/init.ts'
import type { InitRequest } from '../../../api/init-request.ts'
import { targetFor } from '../../../api/plan.ts'
import { FRESH_ALGORITHMS } from '../../../harness/jwt/fresh-key.ts'
import { signerOf } from '../../../harness/jwt/sign.ts'
import { verifierOf } from '../../../harness/jwt/verify.ts'
import { seeded } from '../../../harness/random.ts'

async function folderFor(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'cupel-init-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

async function request(change: Partial<InitRequest> = {}): Promise<InitRequest> {
  return {
    folder: await folderFor(),
    endpoint: 'http://127.0.0.1:8080/token',
    issuer: 'http://127.0.0.1:8080',
    audiences: [],
    clientIds: [],
    algorithm: 'ES256',
    ...change,
  }
}

const read = async (...path: readonly string[]) => JSON.parse(await readFile(join(...path), 'utf8'))

describe('what is written', () => {
  test('is a target that loads, with a key for each client and the public part to register', async () => {
    const asked = await request()
    const { file, clients } = await init(asked)
    const { facts, keys } = await targetFor(file, seeded('7'))
    expect(facts.principals.map(({ id, roles }) => [id, ...roles])).toEqual([
      ['cupel-honest', 'honest'],
      ['cupel-hostile', 'hostile'],
    ])
    expect(facts.audiences).toEqual({ values: ['http://127.0.0.1:8080'], complete: false })
    const { clients: registered } = await read(asked.folder, 'clients.json')
    for (const [index, { id, jwks }] of clients.entries()) {
      const published = await read(jwks)
      expect(registered[index]).toMatchObject({ client_id: id, jwks: published })
      const [shown] = published.keys
      expect(Object.keys(shown).toSorted()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y'])
      const own = keys[`${['honest', 'hostile'][index]}-key`]
      expect(own).toMatchObject({ kid: shown.kid, x: shown.x })
    }
  })

  test('keeps private keys from everybody else, and from a repository', async () => {
    const { folder } = await init(await request()).then(({ file }) => ({
      folder: join(file, '..'),
    }))
    for (const name of ['cupel-honest.jwk', 'cupel-hostile.jwk']) {
      expect((await stat(join(folder, 'keys', name))).mode & 0o777).toBe(0o600)
    }
    expect(await readFile(join(folder, 'keys', '.gitignore'), 'utf8')).toBe('*\n')
  })

  test.each(FRESH_ALGORITHMS)(
    'has keys of %s that sign what their public part verifies',
    async (algorithm) => {
      const asked = await request({ algorithm, clientIds: ['one'] })
      await init(asked)
      const [shown] = (await read(asked.folder, 'jwks', 'one.json')).keys
      const own = await read(asked.folder, 'keys', 'one.jwk')
      expect(own).toMatchObject({ alg: algorithm, kid: shown.kid })
      expect(verifierOf(shown)('text', signerOf(own)('text'))).toBe(true)
      expect(verifierOf(shown)('other', signerOf(own)('text'))).toBe(false)
    },
  )

  test('gives roles in their order, and both to one alone', async () => {
    const five = await init(await request({ clientIds: ['a', 'b', 'c', 'd', 'e'] }))
    expect(five.clients.map(({ name, roles }) => `${name}: ${roles.join()}`)).toEqual([
      'honest: honest',
      'hostile: hostile',
      'pressure: pressure',
      'spare-1: spare',
      'spare-2: spare',
    ])
    const one = await init(await request({ clientIds: ['a'] }))
    expect(one.clients[0]?.roles).toEqual(['honest', 'hostile'])
  })

  test('for a server elsewhere has the leave that was given, and a rate', async () => {
    const there = {
      endpoint: 'https://as.example/token',
      by: 'Jo: "security"',
      until: '2126-12-31',
    }
    const { file } = await init(await request(there))
    const { facts } = await targetFor(file, seeded('7'))
    expect(facts).toMatchObject({ name: 'as.example', maxPerSecond: 10 })
    expect(await readFile(file, 'utf8')).toContain('clock: { source: none }')
  })
})

describe('nothing is written', () => {
  const refused = async (asked: InitRequest): Promise<string> => {
    const before = await readdir(asked.folder)
    const error = await init(asked).then(
      () => null,
      (thrown: Error) => thrown,
    )
    expect(error).toMatchObject({ code: 'ERR_CONFIG_INVALID' })
    expect(await readdir(asked.folder)).toEqual(before)
    return error?.message ?? ''
  }

  test('where anything is wrong, and all of it is told at once', async () => {
    const { endpoint: _, issuer: __, ...nothing } = await request()
    await writeFile(join(nothing.folder, 'target.yaml'), 'mine')
    const wrong = { algorithm: 'HS256', replay: 'never', clientIds: ['a', 'a', '//', 'A'] }
    const message = await refused({ ...nothing, ...wrong, audiences: [''] })
    for (const each of [
      '--endpoint: expected the URL of the token endpoint, http or https, found nothing',
      '--issuer: expected the issuer identifier of the server, found nothing',
      '--audience: expected what it accepts in aud, found ""',
      '--client-id: expected another than a, found that again',
      '--client-id: expected another than a, found A, whose files would be those of a',
      '--client-id: expected an identifier with a letter or digit, found "//"',
      '--algorithm: expected one of ES256, ES384',
      '--replay: expected single-use or not-promised, found "never"',
      'target.yaml: is there already',
    ])
      expect(message).toContain(each)
    expect(await readFile(join(nothing.folder, 'target.yaml'), 'utf8')).toBe('mine')
  })

  test.each([
    [{}, '--authorized-by: expected who allowed this, since as.example is not on this machine'],
    [{}, '--authorized-until: expected a day such as 2030-12-31, since as.example is not'],
    [{ by: 'Jo', until: '2020-12-31' }, '--authorized-until: expected a day that is not over'],
    [{ by: 'Jo', until: 'soon' }, '--authorized-until: expected a day such as'],
    [{ by: ' ', until: '2126-12-31' }, '--authorized-by: expected who allowed this'],
  ])('for a server elsewhere without leave: %j', async (leave, words) => {
    const asked = await request({ endpoint: 'https://as.example/token', ...leave })
    expect(await refused(asked)).toContain(words)
  })

  test.each(['target.yaml', 'clients.json'])('over %s, be it a link to nowhere', async (name) => {
    const asked = await request()
    await symlink(join(asked.folder, 'nowhere'), join(asked.folder, name))
    expect(await refused(asked)).toContain(`${name}: is there already`)
  })

  test('where it cannot be, and what was written before is taken away again', async () => {
    const asked = await request()
    await writeFile(join(asked.folder, 'jwks'), 'a file where a folder is to be')
    expect(await refused(asked)).toContain('cannot write there')
  })
})
