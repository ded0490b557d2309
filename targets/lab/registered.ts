/** The clients that Cupel registers, as older versions of oidc-provider take them. */
import { readFileSync } from 'node:fs'

export interface Registered {
  readonly client_id: string
  readonly jwks: { readonly keys: { readonly kty: string }[] }
  readonly token_endpoint_auth_method: 'private_key_jwt'
  readonly token_endpoint_auth_signing_alg: 'ES256'
  readonly grant_types: string[]
  readonly redirect_uris: string[]
  readonly response_types: []
}

interface Registration {
  readonly clients: readonly Pick<Registered, 'client_id' | 'jwks'>[]
}

/** @param argv Of the process: a port and the file that Cupel writes for `{clients}` (docs/targets.md). */
export function registered(argv: readonly string[]): {
  readonly port: number
  readonly clients: Registered[]
} {
  const [port, file] = argv.slice(2)
  if (port === undefined || file === undefined)
    throw new RangeError('needs a port and a clients file')
  const { clients }: Registration = JSON.parse(readFileSync(file, 'utf8'))
  return {
    port: Number(port),
    clients: clients.map((client) => ({
      ...client,
      token_endpoint_auth_method: 'private_key_jwt',
      token_endpoint_auth_signing_alg: 'ES256',
      grant_types: ['client_credentials'],
      redirect_uris: [],
      response_types: [],
    })),
  }
}
