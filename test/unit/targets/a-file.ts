/** A target file that is as short as can be. */
import type { TokenEndpointFile } from '../../../harness/model/target-file.ts'

export function fileOf(change: Partial<TokenEndpointFile> = {}): TokenEndpointFile {
  return {
    kind: 'token-endpoint',
    name: 'mine',
    issuer: 'http://127.0.0.1:9',
    endpoints: { token: 'http://127.0.0.1:9/token' },
    clients: [{ id: 'a', for: ['honest', 'hostile'], key: { generate: 'ES256' } }],
    grants: [],
    tokens: [],
    declares: {
      replay: null,
      leewaySeconds: null,
      maxLifetimeSeconds: null,
      path: 'unknown',
      survives: [],
    },
    audiences: { values: ['http://127.0.0.1:9'], complete: false },
    clock: { source: 'none' },
    ...change,
  }
}
