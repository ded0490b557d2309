/**
 * One node of oidc-provider for machines: private_key_jwt clients, client_credentials, introspection.
 *
 * `node server.ts PORT CLIENTS [REDIS_PORT]`: CLIENTS is the file that Cupel writes; without a Redis port the provider
 * keeps its own memory.
 */
import { readFileSync } from 'node:fs'
import { Provider, errors, type Configuration } from 'oidc-provider'
import { redisAdapters } from './redis-adapter.ts'

/** What Cupel writes for `{clients}` (docs/targets.md). */
interface Registration {
  readonly issuer: string
  readonly clients: readonly {
    readonly client_id: string
    readonly jwks: { readonly keys: NonNullable<Configuration['jwks']>['keys'] }
  }[]
}

const [port, clientsFile, redisPort] = process.argv.slice(2)
if (port === undefined || clientsFile === undefined)
  throw new RangeError('needs a port and a clients file')
const { issuer, clients }: Registration = JSON.parse(readFileSync(clientsFile, 'utf8'))

// AUDIENCE=1 says who it is; otherwise its token endpoint is wherever the request says that it is.
const byOwnName: Configuration = {
  assertJwtClientAuthClaimsAndHeader(_context, { aud }) {
    const named = [aud].flat().some((each) => each === issuer || each === `${issuer}/token`)
    if (!named) throw new errors.InvalidClientAuth('the audience is another server')
  },
}

const provider = new Provider(issuer, {
  ...(redisPort === undefined ? {} : { adapter: redisAdapters(Number(redisPort)) }),
  clients: clients.map(({ client_id, jwks }) => ({
    client_id,
    jwks: { keys: [...jwks.keys] },
    token_endpoint_auth_method: 'private_key_jwt',
    token_endpoint_auth_signing_alg: 'ES256',
    grant_types: ['client_credentials'],
    redirect_uris: [],
    response_types: [],
  })),
  ...(process.env['AUDIENCE'] === undefined ? {} : byOwnName),
  clientAuthMethods: ['private_key_jwt'],
  scopes: ['api'],
  features: {
    clientCredentials: { enabled: true },
    introspection: { enabled: true, allowedPolicy: () => true },
    devInteractions: { enabled: false },
  },
})
provider.listen(Number(port), '127.0.0.1')
