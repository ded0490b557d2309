/**
 * A resource server that verifies tokens with a library of npm: `server.ts LIBRARY PORT CLIENTS`, where LIBRARY is a package
 * and its version. A token is shown to each issuer's verifier in turn.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { serveBearer } from '../bearer-server.ts'
import { VERIFIERS, type Trusted } from './verifiers.ts'

interface Registration {
  readonly issuers: readonly {
    readonly issuer: string
    readonly jwks: { readonly keys: Trusted['keys'] }
  }[]
}

const [library = '', port = '', file = ''] = process.argv.slice(2)
const name = library.slice(0, library.lastIndexOf('@'))
const folder = library.replace('/', '-')
const brought = createRequire(
  new URL(`../../../out/lab/npm-verifiers/${folder}/package.json`, import.meta.url),
)
const made = VERIFIERS[name]
if (made === undefined) throw new RangeError(`nobody says how ${name} is asked`)
const exported = await import(brought.resolve(name === 'hono' ? 'hono/jwt' : name))
const verify = made(name === 'jsrsasign' ? exported.default : exported)

const { issuers }: Registration = JSON.parse(readFileSync(file, 'utf8'))
const trusted = issuers.map(({ issuer, jwks }) => ({
  issuer,
  audience: `http://127.0.0.1:${port}/things`,
  keys: jwks.keys,
}))

async function subjectOf(token: string): Promise<unknown> {
  for (const from of trusted) {
    const claims = await verify(token, from).catch(() => null)
    if (claims !== null && typeof claims['sub'] === 'string') return claims['sub']
  }
  return undefined
}

serveBearer(Number(port), subjectOf)
