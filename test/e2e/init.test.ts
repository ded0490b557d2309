/**
 * Goal: somebody with a server of their own and nothing else comes to a verdict by the commands that each step names. Method:
 * a server that knows nobody but whom `clients.json` tells it of.
 */
import { once } from 'node:events'
import { readFile, stat } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import type { Server } from 'node:http'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { machineClock } from '../../harness/clock.ts'
import { publicJwk, seededKey } from '../../harness/jwt/keys.ts'
import { seeded } from '../../harness/random.ts'
import { FAULTLESS } from '../../targets/reference/behaviour.ts'
import type { NodeConfig } from '../../targets/reference/config.ts'
import { openLiveEndpoints } from '../../targets/reference/live-endpoints.ts'
import { replayMemory, saidTo } from '../../targets/reference/memory.ts'
import { serverOf } from '../../targets/reference/server.ts'
import { cupel, scratch } from './command.ts'

/** Those that a registration file has, or nobody. */
async function partiesIn(file: string | null): Promise<NodeConfig['parties']> {
  if (file === null) return []
  const { clients } = JSON.parse(await readFile(file, 'utf8'))
  return clients.map(({ client_id: id, jwks }: RegisteredClient) => ({
    id,
    subject: id,
    usage: 'client-authentication',
    keys: jwks.keys.map((jwk) => ({ kid: jwk.kid, algorithm: jwk.alg, jwk })),
  }))
}

interface RegisteredClient {
  readonly client_id: string
  readonly jwks: { readonly keys: readonly { readonly kid: string; readonly alg: string }[] }
}

/** A node of the reference at a port of its own, which remembers in this process. */
async function serve(port: number, file: string | null): Promise<Server> {
  const issuer = `http://127.0.0.1:${port}`
  const jwk = seededKey('ES256', 'tokens', seeded('init').stream('tokens'))
  const key = { kid: 'tokens', algorithm: 'ES256' }
  const memory = replayMemory()
  const clock = machineClock()
  let asked = 0
  const endpoints = await openLiveEndpoints(
    {
      issuer,
      resource: `${issuer}/resource`,
      audiences: [issuer],
      paths: {
        token: '/token',
        revocation: '/revoke',
        introspection: '/introspect',
        resource: '/resource',
        metadata: '/metadata',
      },
      storePort: 0,
      tokenKey: { private: { ...key, jwk }, public: { ...key, jwk: publicJwk(jwk) } },
      parties: await partiesIn(file),
      flaw: null,
    },
    FAULTLESS,
    {
      ask: async (question) =>
        saidTo({ ...question, requestId: String(asked++) }, memory, clock.wallUs() / 1_000),
    },
  )
  const server = serverOf(endpoints).listen(port, '127.0.0.1')
  await once(server, 'listening')
  return server
}

async function end(server: Server): Promise<void> {
  server.close()
  server.closeAllConnections()
  await once(server, 'close')
}

test('a server of one’s own: init, register, doctor, run', async () => {
  const folder = join(await scratch(), 'mine')
  let server = await serve(0, null)
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  const origin = `http://127.0.0.1:${port}`
  const given = ['--endpoint', `${origin}/token`, '--issuer', origin, '--scope', 'api']
  const ids = ['a', 'b', 'c', 'd', 'e'].flatMap((id) => ['--client-id', `cupel-${id}`])

  const made = await cupel(['init', folder, ...given, ...ids])
  expect(made.code, made.stderr).toBe(0)
  const target = join(folder, 'target.yaml')
  expect(made.stdout.replaceAll(/\s+/g, ' ')).toContain(`cupel doctor --target ${target}`)
  const own = JSON.parse(await readFile(join(folder, 'keys', 'cupel-a.jwk'), 'utf8'))
  expect((await stat(join(folder, 'keys', 'cupel-a.jwk'))).mode & 0o077).toBe(0)
  expect(made.stdout + made.stderr).not.toContain(own.d)

  const again = await cupel(['init', folder, ...given, ...ids])
  expect(again.code).toBe(254)
  expect(again.stderr).toContain('target.yaml: is there already')

  const early = await cupel(['doctor', '--target', target, '--out', folder])
  expect(early.code, early.stdout).toBe(2)
  expect(early.stdout).toMatch(
    /✕ honest .*: the plainest right request was refused: 400\s+invalid_client/,
  )
  expect(early.stdout.replaceAll(/\s+/g, ' ')).toContain(
    `register cupel-a with the public part of ${own.kid}`,
  )

  await end(server)
  const nobody = await cupel(['doctor', '--target', target, '--out', folder, '--json'])
  expect(nobody.code).toBe(254)
  expect(JSON.parse(nobody.stdout)).toMatchObject({ format: 1, ready: 'not ready', exitCode: 254 })

  server = await serve(port, join(folder, 'clients.json'))
  const ready = await cupel(['doctor', '--target', target, '--out', folder])
  expect(ready.code, ready.stdout).toBe(0)
  for (const id of ['a', 'b', 'c', 'd', 'e'])
    expect(ready.stdout).toContain(`client-authentication as cupel-${id}: accepted`)
  expect(ready.stdout).toMatch(/clock of node-1 +as this machine's/)

  const asked = ['--suite', 'rfc7523/3/**', '--scenario', 'replay-sequential', '--seed', '7']
  const ran = await cupel(['run', '--target', target, ...asked, '--out', join(folder, 'out')])
  expect(ran.code, ran.stdout).toBe(0)
  expect(ran.stdout).toContain('CONFORMS')
})
