/** A few honest requests go ahead of everything else, and where they are not let in nothing more is asked. */
import { readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { httpServer } from '../unit/wire/servers.ts'
import { cupel, scratch } from './command.ts'

const TOKEN = [200, { access_token: 'yes', token_type: 'Bearer', expires_in: 60 }] as const
const REFUSED = [401, { error: 'invalid_client' }] as const

type Reply = readonly [status: number, body: unknown]

/** Asks a server that answers its requests as told by their number, over two scenarios. */
async function asked(reply: (request: number) => Reply, options: readonly string[] = []) {
  let requests = 0
  await using server = await httpServer((request, response) => {
    // Asking for the time is none.
    if (request.method !== 'POST') return void response.end()
    const [status, body] = reply(requests++)
    const headers = { 'content-type': 'application/json', 'cache-control': 'no-store' }
    request.resume().on('end', () => response.writeHead(status, headers).end(JSON.stringify(body)))
  })
  const folder = await scratch()
  const file = join(folder, 'lying.yaml')
  await writeFile(
    file,
    `kind: token-endpoint
name: lying
issuer: https://lying.example
endpoints: { token: '${server.origin.href}token' }
audiences: { values: [https://lying.example], complete: true }
clients:
  - { id: honest, for: [honest], key: { generate: ES256 } }
  - { id: hostile, for: [hostile], key: { generate: ES256 } }
declares: { replay: not-promised }
clock: { source: date-header }
canary: 5
`,
  )
  const scenarios = ['--scenario', 'replay-sequential', '--scenario', 'baseline']
  const where = ['--target', file, '--out', join(folder, 'out'), ...options]
  const ended = await cupel(['run', ...scenarios, ...where])
  return { ...ended, requests }
}

describe('a canary', () => {
  test('is let in by a right target, which is asked everything', async () => {
    const out = await scratch()
    const scenarios = ['--scenario', 'replay-sequential', '--scenario', 'replay-race']
    const { code, stdout } = await cupel(['run', ...scenarios, '--canary', '3', '--out', out])
    expect(code, stdout).toBe(0)
    const [folder = ''] = (await readdir(out)).filter((name) => name !== 'latest')
    const record = JSON.parse(await readFile(join(out, folder, 'record.json'), 'utf8'))
    const { name, verdict } = record.scenarios.at(-1)
    expect([name, verdict]).toEqual(['canary', 'conforms'])
    const history = gunzipSync(await readFile(join(out, folder, 'history.ndjson.gz'))).toString()
    // Three ahead of each scenario.
    expect(history.match(/"kind":"observed","step":"canary\//g)).toHaveLength(6)
  })

  test.each<[string, (request: number) => Reply, string]>([
    ['has trouble', () => [503, {}], '0 were let in and 0 refused'],
    ['refuses what is right', () => REFUSED, '0 were let in and 5 refused'],
    ['says yes and means nothing', () => [200, { ok: true }], '0 were let in and 0 refused'],
  ])('falls where the target %s, and nothing more is sent', async (_what, reply, says) => {
    const { code, stdout, requests } = await asked(reply)
    expect(code, stdout).toBe(2)
    expect(stdout).toContain('the canary fell before replay-sequential')
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(says)
    expect(requests).toBe(5)
  })

  test('falls where a target lets in at first and then nobody, before the next scenario', async () => {
    const { code, stdout, requests } = await asked((request) => (request < 5 ? TOKEN : REFUSED))
    expect(code, stdout).toBe(2)
    expect(stdout).toContain('the canary fell before baseline')
    // Its own five, thirty assertions sent twice, and five more of its own.
    expect(requests).toBe(5 + 60 + 5)
  })
})
