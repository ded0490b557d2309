/**
 * Goal: no key, assertion or token that could still be used is in anything that Cupel writes. Method: a server that keeps
 * every assertion it gets and every token it gives, and says both back in all places of its answers; then a search through
 * all that each command and a run that was killed have left.
 */
import { createServer, type IncomingMessage, type Server } from 'node:http'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createGunzip } from 'node:zlib'
import { createReadStream } from 'node:fs'
import { exportJWK, generateKeyPair } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cupel, scratch, start } from './command.ts'

/** Every report there is, of a run and of a comparison. */
const FORMS = 'json,html,text,junit,sarif,md,csv,badge,line'

const NEW = ['--endpoint', 'http://127.0.0.1:1/token', '--issuer', 'http://127.0.0.1:1', '--json']

/** What was given away to the server, or by it. */
const assertions = new Set<string>()
const tokens = new Set<string>()
let server: Server
let asked = 0

beforeAll(async () => {
  server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const given = new URLSearchParams(body)
      const assertion = given.get('client_assertion') ?? given.get('assertion') ?? ''
      if (assertion.includes('.')) assertions.add(assertion)
      const token = `TOKENTOKEN${String(asked++).padStart(6, '0')}${'tokentoken'.repeat(4)}`
      tokens.add(token)
      const echo = `you sent ${assertion} and get ${token} ${body}`
      const good = asked % 3 !== 0
      response.writeHead(good ? 200 : 400, {
        'content-type': 'application/json',
        'www-authenticate': `Bearer error="invalid_client", error_description="${token}"`,
        'x-echo': encodeURIComponent(echo).slice(0, 4_000),
        via: `1.1 ${token}`,
      })
      response.end(
        JSON.stringify(
          good
            ? { access_token: token, token_type: 'Bearer', expires_in: 60, refresh_token: token }
            : { error: `invalid_client`, error_description: echo, error_uri: echo },
        ),
      )
    })
  })
  await new Promise<void>((met) => server.listen(0, '127.0.0.1', met))
})
afterAll(() => server.close())

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return text
}

/** A target file for the server, and the private parts of its clients' keys. */
async function target(folder: string): Promise<{ file: string; keys: readonly string[] }> {
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const keys: string[] = []
  for (const name of ['honest', 'hostile']) {
    const { privateKey } = await generateKeyPair('ES256', { extractable: true })
    const jwk = await exportJWK(privateKey)
    keys.push(jwk.d ?? '')
    await writeFile(
      join(folder, `${name}.jwk`),
      JSON.stringify({ ...jwk, kid: name, alg: 'ES256' }),
    )
  }
  const file = join(folder, 'target.yaml')
  await writeFile(
    file,
    `kind: token-endpoint
name: echo
issuer: http://127.0.0.1:${port}
endpoints:
  token: http://127.0.0.1:${port}/token
  introspection: http://127.0.0.1:${port}/introspect
  revocation: http://127.0.0.1:${port}/revoke
audiences: { values: [http://127.0.0.1:${port}], complete: true }
clients:
  - { id: cupel-honest, for: [honest], key: { file: ./honest.jwk } }
  - { id: cupel-hostile, for: [hostile], key: { file: ./hostile.jwk } }
declares: { replay: single-use, path: direct }
`,
  )
  return { file, keys }
}

/** The text of every file below a folder, unpacked where it is packed, however it ends. */
async function everything(folder: string): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>()
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    found.set(path, path.endsWith('.gz') ? await unpacked(path) : await readFile(path, 'utf8'))
  }
  return found
}

async function unpacked(path: string): Promise<string> {
  let text = ''
  try {
    for await (const chunk of createReadStream(path).pipe(createGunzip())) text += String(chunk)
  } catch {
    // Of a file that was cut off, what came before.
  }
  return text
}

test(
  'neither outputs, reports nor histories hold a key, an assertion or a token',
  { timeout: 300_000 },
  async () => {
    const folder = await scratch()
    const { file, keys } = await target(folder)
    const out = join(folder, 'out')
    const told = new Map<string, string>()
    const keep = (name: string, ended: { stdout: string; stderr: string }): void => {
      told.set(name, ended.stdout + ended.stderr)
    }
    const reports = ['--report', FORMS]
    const small = [
      '--suite',
      'rfc7523/3/**',
      '--scenario',
      'replay-race',
      '--scenario',
      'token-revocation',
      '--target',
      file,
      '--seed',
      '7',
    ]
    const ran = await cupel(['run', ...small, ...reports, '--out', join(out, 'run')])
    expect(ran.code, ran.stderr).toBe(1)
    keep('run', ran)
    keep('json', await cupel(['judge', join(out, 'run', 'latest'), '--json']))
    const latest = join(out, 'run', 'latest')
    keep(
      'replay',
      await cupel([
        'replay',
        'replay-race/one-node/0',
        '--record',
        latest,
        '--target',
        file,
        '--out',
        join(out, 'replay'),
      ]),
    )
    for (const [name, args] of [
      ['explain', ['explain', 'replay-race/one-node/0']],
      ['report', ['report', latest, '--report', FORMS, '--out', join(out, 'again')]],
      ['compare', ['compare', latest, latest, '--report', FORMS]],
      ['merge', ['merge', latest, latest, '--out', join(out, 'merged')]],
      ['doctor', ['doctor', '--target', file, '--json']],
      ['init', ['init', join(folder, 'new'), ...NEW]],
      ['probe', ['probe', '--target', file, '--seed', '7', '--json', '--out', join(out, 'probe')]],
    ] as const) {
      const ended = await cupel([...args])
      expect(ended.code, `${name}: ${ended.stderr}`).not.toBe(255)
      keep(name, ended)
    }
    keep('dry run', await cupel(['run', ...small, '--dry-run']))
    keep('unusable', await cupel(['run', ...small, '--out', join(file, 'no-folder')]))

    const nobody = join(folder, 'nobody.yaml')
    await writeFile(
      nobody,
      (await readFile(file, 'utf8')).replaceAll(/127.0.0.1:\d+/g, '127.0.0.1:1'),
    )
    keep(
      'nobody there',
      await cupel(['run', ...small, '--target', nobody, '--out', join(out, 'x')]),
    )
    for (const [name, from, to] of [
      ['cut off', /}$/, ''],
      ['no point', /"d":"/, '"d":"_'],
      ['no such curve', /"P-256"/, '"P-999"'],
    ] as const) {
      const key = await readFile(join(folder, 'honest.jwk'), 'utf8')
      await writeFile(join(folder, 'wrong.jwk'), key.replace(from, to))
      const wrong = join(folder, 'wrong.yaml')
      await writeFile(wrong, (await readFile(file, 'utf8')).replace('honest.jwk', 'wrong.jwk'))
      const ended = await cupel(['run', ...small, '--target', wrong, '--out', join(out, 'wrong')])
      expect(ended.code, `${name}: ${ended.stderr}`).not.toBe(0)
      keep(name, ended)
    }

    const broken = 'test/e2e/fixtures/broken-junit.mjs'
    const named = ['report', latest, '--report', 'junit,html', '--out', join(out, 'broken')]
    const unwritten = await start(named, process.cwd(), broken).ended
    expect(unwritten.code, unwritten.stderr).toBe(255)
    keep('a writer that throws', unwritten)

    const crashes = 'test/e2e/fixtures/crash-on-signal.mjs'
    const long = ['run', '--scenario', 'baseline', '--target', file, '--seed', '7', '--out']
    const crashed = start([...long, join(out, 'crashed')], process.cwd(), crashes)
    await crashed.shows('baseline')
    crashed.child.kill('SIGUSR2')
    const crash = await crashed.ended
    expect(crash.stderr).toContain('crashed on purpose')
    expect(crash.code).toBe(255)
    keep('crashed', crash)

    const killed = start([...long, join(out, 'killed')])
    await killed.shows('baseline')
    killed.child.kill('SIGKILL')
    keep('killed', await killed.ended)

    const texts = [...told, ...(await everything(out))]
    expect(
      texts.map(([name]) => name).filter((name) => name.endsWith('history.ndjson.gz')).length,
    ).toBeGreaterThanOrEqual(5)
    expect(texts.some(([, text]) => text.includes('"follows":'))).toBe(true)
    expect(assertions.size).toBeGreaterThan(50)
    expect(tokens.size).toBeGreaterThan(50)
    // A signature is what makes an assertion usable; sixteen of its characters are enough to know it by.
    const signatures = [...assertions]
      .map((each) => each.split('.')[2] ?? '')
      // A segment of one octet over and over is part of a plan, and nobody's signature.
      .filter((each) => each.length > 40 && new Set(Buffer.from(each, 'base64url')).size > 1)
    const made = await readFile(join(folder, 'new', 'keys', 'cupel-honest.jwk'), 'utf8')
    const secrets = [...keys, JSON.parse(made).d, ...tokens, ...signatures].map((each) =>
      each.slice(0, 16),
    )
    const leaks = texts.flatMap(([name, text]) =>
      secrets.filter((secret) => text.includes(secret)).map((secret) => `${secret} in ${name}`),
    )
    expect(leaks).toEqual([])
  },
)
