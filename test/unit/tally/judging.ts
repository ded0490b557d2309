import type { Judging } from '../../../harness/model/judging.ts'

/** Of a history in which nothing was asked. */
export const JUDGING: Judging = {
  policies: {},
  asked: ['rfc7523'],
  strict: false,
  target: {
    name: 'embedded',
    kind: 'token-endpoint',
    issuer: 'https://as.example',
    tokenEndpoint: null,
    resource: null,
    audiences: { values: [], complete: false },
    declares: {
      replay: 'single-use',
      leewaySeconds: null,
      maxLifetimeSeconds: null,
      path: 'direct',
      survives: [],
    },
    nodes: ['node-1', 'node-2'],
    clocks: [],
    principals: {},
  },
  blocks: [],
  checks: [],
  scenarios: [],
}
