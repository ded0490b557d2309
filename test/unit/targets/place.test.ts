/** What a target file says of connections, asked of real servers: certificates of parties, aliases, names, versions, proxies. */
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createSecureServer } from 'node:http2'
import { createServer } from 'node:https'
import { TLSSocket } from 'node:tls'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AddressInfo } from 'node:net'
import { afterAll, describe, expect, test } from 'vitest'
import { parseTargetFile } from '../../../harness/formats/target.ts'
import type { Session, Target } from '../../../harness/model/target.ts'
import { seeded } from '../../../harness/random.ts'
import { targetOfFile } from '../../../targets/of-file.ts'
import { certificate } from '../wire/certificates.ts'
import { stepOf, testSite } from './system.ts'

const FOLDER = mkdtempSync(join(tmpdir(), 'cupel-place-'))
afterAll(() => rmSync(FOLDER, { recursive: true }))

const server = certificate()
const mine = certificate('DNS:client', '/CN=client-a')
writeFileSync(join(FOLDER, 'ca.pem'), server.cert)
writeFileSync(join(FOLDER, 'a.pem'), mine.cert)
writeFileSync(join(FOLDER, 'a.key'), mine.key)

/** What the server saw of each request: its path, for whom it was, and whose certificate came with it. */
interface Seen {
  readonly url: string
  readonly host: string
  readonly peer: string
  readonly http: string
}

interface Asked extends AsyncDisposable {
  readonly port: number
  readonly seen: Seen[]
}

/** It asks for a certificate, takes any or none, and says yes. */
async function askedServer(http: 1.1 | 2 = 1.1): Promise<Asked> {
  const seen: Seen[] = []
  const options = { ...server, requestCert: true, rejectUnauthorized: false }
  const listening = http === 2 ? createSecureServer(options) : createServer(options)
  listening.on('request', (request, response) => {
    const { socket } = 'stream' in request && request.stream ? request.stream.session : request
    const peer = socket instanceof TLSSocket ? socket.getPeerCertificate().subject?.CN : undefined
    seen.push({
      url: request.url,
      host: request.headers[':authority'] ?? request.headers.host,
      peer: String(peer ?? 'nobody'),
      http: request.httpVersion,
    })
    request.resume().on('end', () => response.end('{}'))
  })
  listening.listen(0, '127.0.0.1')
  await once(listening, 'listening')
  const { port } = listening.address() as AddressInfo
  return {
    port,
    seen,
    async [Symbol.asyncDispose]() {
      if ('closeAllConnections' in listening) listening.closeAllConnections()
      await new Promise((resolve) => listening.close(resolve))
    },
  }
}

const fileWith = (port: number, ...more: readonly string[]): string =>
  [
    'kind: token-endpoint',
    'name: mine',
    `issuer: https://127.0.0.1:${port}`,
    `endpoints: { token: https://127.0.0.1:${port}/token }`,
    `audiences: { values: [https://127.0.0.1:${port}] }`,
    'clients:',
    '  - { id: a, for: [honest], key: { generate: ES256 }, tls: { cert: a.pem, key: a.key } }',
    '  - { id: b, for: [hostile], key: { generate: ES256 } }',
    ...more,
  ].join('\n')

const targetOf = (text: string): Promise<Target> =>
  targetOfFile(parseTargetFile(text, 'mine.yaml', {}), join(FOLDER, 'mine.yaml'), seeded('place'))

async function ask(target: Target, session: Session, principal: string, node: string | null) {
  const step = { ...stepOf({ parts: { client_assertion: 'x' } }), principal, node }
  const wire = await session.connect(node, principal)
  const { raw } = await wire.send(
    target.present(step, { client_assertion: 'x' }),
    new AbortController().signal,
  )
  await wire.close()
  return target.read(raw, 'token', () => 'tag').answer
}

describe('a party with a certificate of its own', () => {
  test('shows it, and no other party does', async () => {
    await using asked = await askedServer()
    const target = await targetOf(fileWith(asked.port, 'tls: { ca: ca.pem }'))
    const session = await target.open(testSite())
    await ask(target, session, 'a', null)
    await ask(target, session, 'b', 'node-1')
    expect(asked.seen.map(({ peer, url }) => [peer, url])).toEqual([
      ['client-a', '/token'],
      ['nobody', '/token'],
    ])
    await session.close()
  })

  test('is sent to the aliases, by their paths, and no other party is', async () => {
    await using plain = await askedServer()
    await using alias = await askedServer()
    const target = await targetOf(
      fileWith(
        plain.port,
        'tls: { ca: ca.pem }',
        `mtlsEndpoints: { token: https://127.0.0.1:${alias.port}/mtls/token }`,
      ),
    )
    const session = await target.open(testSite())
    await ask(target, session, 'a', 'node-1')
    await ask(target, session, 'b', 'node-1')
    expect(plain.seen.map(({ url }) => url)).toEqual(['/token'])
    expect(alias.seen.map(({ url, peer }) => [url, peer])).toEqual([['/mtls/token', 'client-a']])
    await session.close()
  })
})

test('a node is asked for by the name of the file, in the version of the file', async () => {
  await using asked = await askedServer(2)
  const target = await targetOf(
    fileWith(
      asked.port,
      'tls: { ca: ca.pem, verify: false }',
      'http: 2',
      `nodes: [{ name: n, url: 'https://127.0.0.1:${asked.port}', host: as.example }]`,
    ),
  )
  const notes: string[] = []
  const session = await target.open({ ...testSite(), note: (text) => notes.push(text) })
  expect(await ask(target, session, 'b', 'n')).toMatchObject({ kind: 'reply', status: 200 })
  expect(asked.seen).toMatchObject([{ host: 'as.example', http: '2.0' }])
  expect(notes).toEqual([expect.stringContaining('not verified')])
  expect(session.origins).toBeUndefined()
  await session.close()
})

test('why there was no answer is told with it', async () => {
  await using asked = await askedServer()
  const target = await targetOf(fileWith(asked.port, 'tls: { ca: ca.pem }'))
  const read = target.read({ cause: 'reset', detail: 'cut-short' }, 'token', () => '')
  expect(read.answer).toEqual({ kind: 'none', cause: 'reset', detail: 'cut-short' })
})

describe('is refused without leave:', () => {
  const port = 9
  test.each([
    ['a proxy elsewhere', 'proxy: http://proxy.example:3128'],
    ['an alias elsewhere', 'mtlsEndpoints: { token: https://mtls.example/token }'],
    [
      'a node’s alias elsewhere',
      `nodes: [{ name: n, url: 'https://127.0.0.1:9', mtls: 'https://10.0.0.1' }]`,
    ],
  ])('%s', async (_name, line) => {
    const aliased = line.includes('10.0.0.1')
      ? [line, 'mtlsEndpoints: { token: https://127.0.0.1/token }']
      : [line]
    await expect(targetOf(fileWith(port, ...aliased))).rejects.toMatchObject({
      code: 'ERR_NOT_AUTHORISED',
    })
  })
})

test('a certificate that cannot be read is named by whose it is', async () => {
  const text = fileWith(9).replace('a.key', 'missing.key')
  await expect(targetOf(text)).rejects.toThrow('tls of a: missing.key cannot be read')
})
