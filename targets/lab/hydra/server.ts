/**
 * Ory Hydra over SQLite: `server.ts PORT CLIENTS FOLDER`. It is started twice: once, at another port, to be told its clients
 * and the issuers it trusts, and again to be asked, so that whoever finds it ready finds them there.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { freePorts } from '../../ports.ts'

interface Registration {
  readonly clients: readonly { readonly client_id: string; readonly jwks: Jwks }[]
  readonly issuers: readonly {
    readonly issuer: string
    readonly subject: string
    readonly jwks: Jwks
  }[]
}

interface Jwks {
  readonly keys: readonly { readonly kid: string }[]
}

const HYDRA = new URL('../../../out/lab/hydra', import.meta.url).pathname
const [port = '', file = '', folder = ''] = process.argv.slice(2)
const { clients, issuers }: Registration = JSON.parse(readFileSync(file, 'utf8'))
const ports = await freePorts(['public', 'admin'])
const admin = ports.get('admin') ?? 0

const env = {
  ...process.env,
  DSN: `sqlite://${join(folder, 'hydra.sqlite')}?_fk=true&_busy_timeout=5000`,
  SECRETS_SYSTEM: 'a secret of thirty-two characters',
  URLS_SELF_ISSUER: `http://127.0.0.1:${port}`,
  URLS_LOGIN: `http://127.0.0.1:${port}/login`,
  URLS_CONSENT: `http://127.0.0.1:${port}/consent`,
  SERVE_PUBLIC_HOST: '127.0.0.1',
  SERVE_ADMIN_HOST: '127.0.0.1',
  SERVE_ADMIN_PORT: String(admin),
  LOG_LEVEL: 'error',
  SQA_OPT_OUT: 'true',
}

await ended(hydra(port, ['migrate', 'sql', 'up', '--read-from-env', '--yes']))
const first = hydra(String(ports.get('public')), ['serve', 'all', '--dev'])
await ready(first)
for (const { client_id, jwks } of clients) {
  await told('clients', {
    client_id,
    // It looks for keys that are for signatures by their own word.
    jwks: { keys: jwks.keys.map((jwk) => ({ ...jwk, use: 'sig' })) },
    grant_types: ['client_credentials', 'urn:ietf:params:oauth:grant-type:jwt-bearer'],
    token_endpoint_auth_method: 'private_key_jwt',
    token_endpoint_auth_signing_alg: 'ES256',
    scope: 'api',
  })
}
for (const { issuer, subject, jwks } of issuers) {
  for (const jwk of jwks.keys) {
    await told('trust/grants/jwt-bearer/issuers', {
      issuer,
      subject,
      jwk: { ...jwk, use: 'sig' },
      scope: ['api'],
      expires_at: '2099-01-01T00:00:00Z',
    })
  }
}
first.kill()
await ended(first)
const second = hydra(port, ['serve', 'all', '--dev'])
process.on('SIGTERM', () => void second.kill())
process.exitCode = await ended(second)

function hydra(at: string, args: readonly string[]): ChildProcess {
  return spawn(HYDRA, args, { env: { ...env, SERVE_PUBLIC_PORT: at }, stdio: 'inherit' })
}

function ended(child: ChildProcess): Promise<number> {
  return new Promise((resolve) => child.on('exit', (code) => resolve(code ?? 0)))
}

async function ready(child: ChildProcess): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`hydra ended with ${child.exitCode}`)
    const answer = await fetch(`http://127.0.0.1:${admin}/health/ready`).catch(() => null)
    if (answer?.ok === true) return
    await pause(100)
  }
}

async function told(what: string, body: object): Promise<void> {
  const answer = await fetch(`http://127.0.0.1:${admin}/admin/${what}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`${what}: ${answer.status} ${await answer.text()}`)
}
