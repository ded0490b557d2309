/** What a node publishes of itself (RFC 8414 section 2). */
import type { Json } from '../../harness/model/plan.ts'
import type { NodeConfig } from './config.ts'
import type { Party } from './decide.ts'

export function metadataOf(
  { issuer, paths }: Pick<NodeConfig, 'issuer' | 'paths'>,
  clients: readonly Pick<Party, 'algorithms'>[],
): Json {
  const at = (path: string): string => new URL(path, issuer).href
  return {
    issuer,
    token_endpoint: at(paths.token),
    introspection_endpoint: at(paths.introspection),
    revocation_endpoint: at(paths.revocation),
    token_endpoint_auth_methods_supported: ['private_key_jwt'],
    token_endpoint_auth_signing_alg_values_supported: [
      ...new Set(clients.flatMap(({ algorithms }) => algorithms)),
    ],
    grant_types_supported: ['client_credentials', 'urn:ietf:params:oauth:grant-type:jwt-bearer'],
    response_types_supported: [],
  }
}
