/** Keys elsewhere: a command and a sidecar sign, and what they get wrong is told and never sent. */
import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AddressInfo } from 'node:net'
import { compactVerify, importJWK } from 'jose'
import { afterAll, describe, expect, test } from 'vitest'
import { parseTargetFile } from '../../../harness/formats/target.ts'
import { publicJwk, type PrivateJwk } from '../../../harness/jwt/keys.ts'
import type { KeyElsewhere } from '../../../harness/model/target-file.ts'
import { seeded } from '../../../harness/random.ts'
import { targetOfFile } from '../../../targets/of-file.ts'
import { signerElsewhere } from '../../../targets/signers.ts'
import { keyFor } from '../jwt/some-keys.ts'
import { testSite } from './system.ts'

const FOLDER = mkdtempSync(join(tmpdir(), 'cupel-signers-'))
afterAll(() => rmSync(FOLDER, { recursive: true }))

const INPUT = `${Buffer.from('{"alg":"ES256"}').toString('base64url')}.e30`
const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const KEY = {
  ...publicJwk(privateKey.export({ format: 'jwk' }) as PrivateJwk),
  alg: 'ES256',
  kid: 'k',
}
writeFileSync(join(FOLDER, 'key.pem'), privateKey.export({ type: 'pkcs8', format: 'pem' }))
writeFileSync(join(FOLDER, 'public.jwk'), JSON.stringify(KEY))

/** A program that signs its standard input with the key in the folder, as told. */
const PROGRAM = `
import { sign } from 'node:crypto'
import { readFileSync } from 'node:fs'
const input = readFileSync(0)
const [encoding, form] = process.argv.slice(2)
const key = { key: readFileSync('key.pem'), dsaEncoding: form }
process.stdout.write(sign('sha256', input, key).toString(encoding) + '\\n')
`
writeFileSync(join(FOLDER, 'signer.mjs'), PROGRAM)

const place = { folder: FOLDER, site: testSite() }
const byCommand = (...command: readonly string[]): KeyElsewhere => ({
  command,
  public: 'public.jwk',
})

async function verified(file: KeyElsewhere, key: PrivateJwk = KEY): Promise<string> {
  const signature = await signerElsewhere(file, key, place)(INPUT)
  const text = `${INPUT}.${Buffer.from(signature).toString('base64url')}`
  const { payload } = await compactVerify(text, await importJWK({ ...key }, 'ES256'))
  return Buffer.from(payload).toString()
}

describe('a command', () => {
  test.each([
    ['base64', 'der'],
    ['base64url', 'der'],
    ['base64', 'ieee-p1363'],
    ['base64url', 'ieee-p1363'],
  ])('signs its standard input and prints it in %s, as %s', async (encoding, form) => {
    const file = byCommand(process.execPath, 'signer.mjs', encoding, form)
    expect(await verified(file)).toBe('{}')
  })

  test.each([
    ['that is not installed', ['no-such-program-here'], /ENOENT/u],
    ['that fails', ['false'], /ended with 1/u],
    ['that prints nothing', ['true'], /no base64/u],
    ['that prints something else', ['echo', 'hello world'], /no base64/u],
    [
      'that prints another signature',
      ['echo', Buffer.alloc(64, 1).toString('base64')],
      /not of the public key/u,
    ],
    ['that never stops printing', ['yes'], /signal/u],
  ])('%s gives none', async (_name, command, why) => {
    await expect(signerElsewhere(byCommand(...command), KEY, place)(INPUT)).rejects.toThrow(why)
  })

  test('is ended when the run is', async () => {
    const stop = new AbortController()
    const site = { ...place.site, signal: stop.signal }
    const waiting = signerElsewhere(byCommand('sleep', '60'), KEY, { folder: FOLDER, site })(INPUT)
    stop.abort()
    await expect(waiting).rejects.toThrow('ended with a signal')
  })
})

describe('a sidecar', () => {
  async function sidecar(
    answer: (asked: Readonly<Record<string, unknown>>) => unknown,
    status = 200,
  ) {
    const server = createServer((request, response) => {
      let body = ''
      request.on('data', (chunk) => (body += String(chunk)))
      request.on('end', () => {
        const asked: Record<string, unknown> = JSON.parse(body)
        response.writeHead(status).end(JSON.stringify(answer(asked)))
      })
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    return {
      file: { sidecar: `http://127.0.0.1:${port}/sign`, public: 'public.jwk' },
      async [Symbol.asyncDispose]() {
        server.closeAllConnections()
        await new Promise((resolve) => server.close(resolve))
      },
    }
  }
  const signed = (key: KeyObject, input: unknown): string =>
    sign('sha256', Buffer.from(String(input)), key).toString('base64')

  test('is told what to sign and with which key, and answers with the signature', async () => {
    let seen: unknown = null
    await using server = await sidecar((asked) => {
      seen = asked
      return { signature: signed(privateKey, asked['input']) }
    })
    expect(await verified(server.file)).toBe('{}')
    expect(seen).toEqual({ alg: 'ES256', kid: 'k', input: INPUT })
  })

  test.each([
    ['without a signature', 200, {}, /without a signature/u],
    ['that it has trouble', 503, { signature: 'AAAA' }, /answered 503/u],
    ['too much', 200, { signature: 'A'.repeat(5_000) }, /without a signature/u],
  ])('that answers %s gives none', async (_name, status, answer, why) => {
    await using server = await sidecar(() => answer, status)
    await expect(signerElsewhere(server.file, KEY, place)(INPUT)).rejects.toThrow(why)
  })

  test('that is gone gives none', async () => {
    const server = await sidecar(() => null)
    await server[Symbol.asyncDispose]()
    await expect(signerElsewhere(server.file, KEY, place)(INPUT)).rejects.toThrow('nobody answers')
  })
})

describe('a target file', () => {
  const fileWith = (key: string): string =>
    [
      'kind: token-endpoint',
      'name: mine',
      'issuer: http://127.0.0.1:9',
      'endpoints: { token: http://127.0.0.1:9/token }',
      'audiences: { values: [http://127.0.0.1:9] }',
      `clients: [{ id: a, for: [honest], key: ${key} }]`,
    ].join('\n')
  const targetOf = async (key: string) =>
    targetOfFile(
      parseTargetFile(fileWith(key), 'mine.yaml', {}),
      join(FOLDER, 'mine.yaml'),
      seeded('signers'),
    )

  test('names a signer by its command and the public key, of which alone the target knows', async () => {
    const { facts, keys } = await targetOf('{ command: [./sign], public: public.jwk }')
    expect(facts.principals[0]?.keys).toEqual([{ name: 'a-key', algorithm: 'ES256', kid: 'k' }])
    expect(keys['a-key']).toEqual(KEY)
  })

  test('keeps of a private key that was given as the public one nothing but that', async () => {
    writeFileSync(join(FOLDER, 'both.jwk'), JSON.stringify({ ...keyFor('ES256'), alg: 'ES256' }))
    const { keys } = await targetOf('{ command: [./sign], public: both.jwk }')
    expect(keys['a-key']).not.toHaveProperty('d')
  })

  test('whose sidecar is elsewhere needs leave', async () => {
    const key = '{ sidecar: https://signer.example/sign, public: public.jwk }'
    await expect(targetOf(key)).rejects.toMatchObject({ code: 'ERR_NOT_AUTHORISED' })
  })

  test('may name a secret by file, for client_secret_jwt', async () => {
    writeFileSync(
      join(FOLDER, 'secret.jwk'),
      JSON.stringify({ kty: 'oct', k: 'c2VjcmV0', kid: 's' }),
    )
    const { facts } = await targetOf('{ file: secret.jwk, alg: HS256 }')
    expect(facts.principals[0]?.keys[0]).toMatchObject({ algorithm: 'HS256', kid: 's' })
  })
})
