/**
 * Better Auth with its OAuth provider over SQLite: `server.ts VERSION PORT CLIENTS FOLDER IDS`, where IDS is how its rows are
 * named, `default` or `uuid`. Clients are entered as its administrative interface enters them, and its limit on the rate is
 * off because whoever asks it here is one address.
 */
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

const [version = '', port = '', file = '', folder = '', ids = ''] = process.argv.slice(2)
const brought = createRequire(
  new URL(`../../../out/lab/better-auth/${version}/package.json`, import.meta.url),
)
const { betterAuth } = await import(brought.resolve('better-auth'))
const { jwt } = await import(brought.resolve('better-auth/plugins'))
const { toNodeHandler } = await import(brought.resolve('better-auth/node'))
const { getMigrations } = await import(brought.resolve('better-auth/db/migration'))
const { oauthProvider } = await import(brought.resolve('@better-auth/oauth-provider'))

const { clients } = JSON.parse(readFileSync(file, 'utf8'))
const SCOPES = ['api']
const site = `http://127.0.0.1:${port}`
// UNNAMED=1 leaves out where it is served, and says only who issues: each request then says the rest.
const isNamed = process.env['UNNAMED'] === undefined
const options = {
  ...(isNamed ? { baseURL: site } : {}),
  secret: 'a secret of thirty-two characters',
  database: new DatabaseSync(join(folder, 'better-auth.sqlite')),
  rateLimit: { enabled: false },
  ...(ids === 'uuid' ? { advanced: { database: { generateId: 'uuid' } } } : {}),
  plugins: [
    jwt(isNamed ? {} : { jwt: { issuer: `${site}/api/auth` } }),
    oauthProvider({
      loginPage: '/login',
      consentPage: '/consent',
      scopes: SCOPES,
      silenceWarnings: { oauthAuthServerConfig: true, openidConfig: true },
    }),
  ],
}
const auth = betterAuth(options)
const { runMigrations } = await getMigrations(options)
await runMigrations()
const { adapter } = await auth.$context
for (const { client_id: clientId, jwks } of clients) {
  await adapter.create({
    model: 'oauthClient',
    data: {
      clientId,
      name: clientId,
      tokenEndpointAuthMethod: 'private_key_jwt',
      jwks: JSON.stringify(jwks),
      grantTypes: ['client_credentials'],
      responseTypes: [],
      redirectUris: [],
      scopes: SCOPES,
      clientCredentialsScopes: SCOPES,
      public: false,
      disabled: false,
      createdAt: new Date(),
      updatedAt: new Date(),
    },
  })
}
createServer(toNodeHandler(auth)).listen(Number(port), '127.0.0.1')
