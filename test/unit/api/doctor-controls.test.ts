/** Goal: the doctor asks once as each party, and says of each what it was told. Method: a server that knows one of two. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { decodeJwt } from 'jose'
import { expect, onTestFinished, test } from 'vitest'
import { doctor } from '../../../api/doctor.ts'
import { ownTarget } from './own-target.ts'

const TOKEN = 'a-token-that-nobody-may-see'

/** Knows `known` alone, and answers a second behind. */
async function serverFor(known: string, asked: string[]): Promise<string> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const form = new URLSearchParams(Buffer.concat(chunks).toString())
      const assertion = form.get('client_assertion')
      const { iss = '' } = assertion === null ? {} : decodeJwt(assertion)
      asked.push(`${request.method} ${iss}`)
      const good = iss === known
      response.writeHead(good ? 200 : 401, { 'content-type': 'application/json' })
      const body = good
        ? { access_token: TOKEN, token_type: 'Bearer' }
        : {
            error: iss === '' ? 'invalid_request' : 'invalid_client',
            error_description: `who is ${iss}? \u001b[2J`,
          }
      response.end(JSON.stringify(body))
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

function fileFor(origin: string, more: readonly string[] = []): Promise<string> {
  return ownTarget(origin, [
    'clients:',
    '  - { name: first, id: client-a, for: [honest], key: { generate: ES256 } }',
    '  - { name: second, id: client-b, for: [hostile], key: { generate: ES256 } }',
    ...more,
  ])
}

function look(target: string) {
  const signal = new AbortController().signal
  const note = (): void => undefined
  return doctor({ target, profile: null, out: tmpdir(), maxPerSecond: null, signal, note })
}

test.each([
  ['client-a', 'first', 'second'],
  ['client-b', 'second', 'first'],
])('of a server that knows %s alone: %s is good, and %s is not', async (known, good, other) => {
  const asked: string[] = []
  const file = await fileFor(await serverFor(known, asked), ['declares: { replay: single-use }'])
  const report = await look(file)
  const of = (name: string) => report.target?.looked.find((each) => each.name === name)
  expect(of(good)).toMatchObject({ health: 'good', text: expect.stringContaining('accepted') })
  expect(of(other)).toMatchObject({ health: 'poor', help: expect.stringContaining('register') })
  expect(of(other)?.text).toMatch(/refused: 401 invalid_client .*who is client-/)
  expect(asked.toSorted()).toEqual(['POST client-a', 'POST client-b'])
  expect(report.exitCode).toBe(2)
  expect(JSON.stringify(report)).not.toContain(TOKEN)
})

test('a grant comes as the file’s own policy says, beside a client where one is demanded', async () => {
  const asked: string[] = []
  const origin = await serverFor('client-b', asked)
  const grants = [
    'grants:',
    '  - { name: g, issuer: https://g.example, subject: s, for: [honest], key: { generate: ES256 } }',
  ]
  const alone = await look(await fileFor(origin, grants))
  const beside = await look(
    await fileFor(origin, [...grants, 'policy: { grant.clientAuth: required }']),
  )
  const of = ({ target }: typeof alone) => target?.looked.find(({ name }) => name === 'g')
  expect([of(alone)?.health, of(beside)?.health]).toEqual(['poor', 'good'])
  expect(of(alone)?.help).toContain('grant.clientAuth: required')
})

test('of a file that no run would take it says why, and asks nobody', async () => {
  const asked: string[] = []
  const report = await look(
    await fileFor(await serverFor('client-a', asked), ['profile: oidc-core']),
  )
  expect(report.exitCode).toBe(254)
  expect(report.target?.looked.at(-1)).toMatchObject({
    health: 'bad',
    help: expect.stringContaining('`replay: single-use` or `replay: not-promised`'),
  })
  expect(asked).toEqual([])
})
