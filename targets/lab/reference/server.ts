/**
 * One node of the reference as a server of its own, for a place where nothing of ours stands beside it: a container.
 *
 * `node server.ts PORT CLIENTS REDIS_HOST REDIS_PORT`: CLIENTS is the file that Cupel writes (docs/targets.md). With
 * CUPEL_FLAW in its environment it has that flaw (`cupel list flaws`). The clients that the file CUPEL_REVOKED names, a
 * line each, are struck off for as long as they stand there.
 */
import { readFileSync, watchFile } from 'node:fs'
import { publicJwk, seededKey, type PrivateJwk } from '../../../harness/jwt/keys.ts'
import type { Json } from '../../../harness/model/plan.ts'
import { seeded } from '../../../harness/random.ts'
import { FLAWS } from '../../flawed/index.ts'
import { FAULTLESS, type Behaviour } from '../../reference/behaviour.ts'
import type { KeyConfig, NodeConfig, PartyConfig } from '../../reference/config.ts'
import { openLiveEndpoints } from '../../reference/live-endpoints.ts'
import { redisClient } from '../../reference/redis-client.ts'
import { serverOf } from '../../reference/server.ts'

interface Registration {
  readonly issuer: string
  readonly clients: readonly {
    readonly client_id: string
    readonly jwks?: Jwks
    readonly jwks_uri?: string
    readonly token_endpoint_auth_signing_alg?: string
  }[]
  readonly issuers: readonly {
    readonly issuer: string
    readonly subject: string
    readonly jwks: Jwks
  }[]
}

interface Jwks {
  readonly keys: readonly (Readonly<Record<string, Json>> & {
    readonly kid: string
    readonly alg?: string
  })[]
}

/** How often the file is looked at: what a bind mount shows of a change gives no notice. */
const LOOK_AGAIN_MS = 200

const [port, clientsFile, host, redisPort] = process.argv.slice(2)
if (
  port === undefined ||
  clientsFile === undefined ||
  host === undefined ||
  redisPort === undefined
)
  throw new RangeError('needs a port, a clients file, and where its Redis is')
const { issuer, clients, issuers }: Registration = JSON.parse(readFileSync(clientsFile, 'utf8'))

const config: NodeConfig = {
  issuer,
  resource: `${issuer}/resource`,
  audiences: [issuer],
  paths: {
    token: '/token',
    introspection: '/introspect',
    revocation: '/revoke',
    resource: '/resource',
    metadata: '/.well-known/oauth-authorization-server',
  },
  storePort: Number(redisPort),
  redis: { remembers: null },
  tokenKey: tokenKey(),
  parties: [
    ...clients.map((client): PartyConfig => ({
      id: client.client_id,
      subject: client.client_id,
      usage: 'client-authentication',
      keys: client.jwks?.keys.map(keyConfig) ?? [],
      ...publishedAt(client),
    })),
    ...issuers.map(({ issuer: id, subject, jwks }): PartyConfig => ({
      id,
      subject,
      usage: 'authorization-grant',
      keys: jwks.keys.map(keyConfig),
    })),
  ],
  flaw: null,
}

const store = redisClient({ host, port: Number(redisPort) }, null)
const endpoints = await openLiveEndpoints(config, behaviour(process.env['CUPEL_FLAW']), store)
followRevocations(process.env['CUPEL_REVOKED'])
serverOf(endpoints).listen(Number(port), '0.0.0.0')
// The first process of a container is spared whatever it does not ask for.
process.on('SIGTERM', () => process.exit(0))

function behaviour(name: string | undefined): Behaviour {
  if (name === undefined) return FAULTLESS
  const flaw = FLAWS.find((each) => each.name === name)
  if (flaw === undefined) throw new RangeError(`there is no flaw ${name}`)
  return flaw.apply(FAULTLESS, () => Date.now())
}

function followRevocations(file: string | undefined): void {
  if (file === undefined) return
  let struckOff: readonly string[] = []
  watchFile(file, { interval: LOOK_AGAIN_MS }, () => {
    for (const id of struckOff) endpoints.registry.revoke(id, false)
    struckOff = linesOf(file)
    for (const id of struckOff) endpoints.registry.revoke(id, true)
  })
}

function linesOf(file: string): readonly string[] {
  try {
    return readFileSync(file, 'utf8').split('\n').filter(Boolean)
  } catch {
    return []
  }
}

function publishedAt({
  jwks_uri: jwksUri,
  token_endpoint_auth_signing_alg: algorithm = 'ES256',
}: Registration['clients'][number]): Partial<PartyConfig> {
  return jwksUri === undefined ? {} : { jwksUri, algorithms: [algorithm] }
}

function keyConfig(jwk: Jwks['keys'][number]): KeyConfig {
  return { kid: jwk.kid, algorithm: jwk.alg ?? 'ES256', jwk }
}

/** The same at every node, and no secret: whoever reads this can make the laboratory's tokens. */
function tokenKey(): NodeConfig['tokenKey'] {
  const [kid, algorithm] = ['access-tokens-1', 'ES256'] as const
  const jwk: PrivateJwk = seededKey(algorithm, kid, seeded('laboratory').stream('access-tokens'))
  return { private: { kid, algorithm, jwk }, public: { kid, algorithm, jwk: publicJwk(jwk) } }
}
