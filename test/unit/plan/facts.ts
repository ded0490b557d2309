/** A target with everything, for plans made in tests. */
import type { Principal, TargetFacts } from '../../../harness/model/target.ts'
import type { Usage } from '../../../harness/model/plan.ts'
import type { Offered } from '../../../harness/plan/scenarios/scenario.ts'

export const FACTS: TargetFacts = {
  name: 'paper',
  kind: 'token-endpoint',
  usages: ['client-authentication', 'authorization-grant'],
  issuer: 'https://as.example',
  endpoints: { token: 'https://as.example/token', introspection: 'https://as.example/introspect' },
  audiences: { values: ['https://as.example'], complete: true },
  declares: {
    replay: 'single-use',
    leewaySeconds: null,
    maxLifetimeSeconds: null,
    path: 'direct',
    survives: [],
  },
  principals: [
    party('honest', 'client-authentication'),
    party('hostile', 'client-authentication'),
    party('spare', 'client-authentication'),
    party('honest', 'authorization-grant'),
    party('hostile', 'authorization-grant'),
    party('spare', 'authorization-grant'),
  ],
  nodes: ['node-1', 'node-2', 'node-3'],
  scope: null,
}

function party(role: 'honest' | 'hostile' | 'spare', usage: Usage): Principal {
  const name = usage === 'client-authentication' ? role : `${role}-issuer`
  const id = usage === 'client-authentication' ? `client-${role}` : `https://${role}.example`
  const subject = usage === 'client-authentication' ? id : 'alice'
  const key = { name: `${name}-key`, algorithm: 'ES256', kid: `${name}-kid` }
  return { name, usage, id, subject, roles: [role], keys: [key] }
}

/** The same with a client that publishes its keys, and has one that it has not published yet. */
export const PUBLISHING: TargetFacts = {
  ...FACTS,
  principals: [
    ...FACTS.principals,
    {
      name: 'rotating',
      usage: 'client-authentication',
      id: 'client-rotating',
      subject: 'client-rotating',
      roles: ['rotating'],
      keys: [
        { name: 'rotating-key', algorithm: 'ES256', kid: 'rotating-kid' },
        { name: 'rotating-next-key', algorithm: 'ES256', kid: 'rotating-next-kid', mark: 'next' },
      ],
    },
  ],
}

/** Every algorithm that any draft asks for. */
const ALGORITHMS = [
  'ES256',
  'RS256',
  'PS256',
  'EdDSA',
  'Ed25519',
  'Ed448',
  'ES384',
  'ES512',
  'HS256',
  'HS512',
]

/** A target of which nothing is missing but somebody who listens. */
export const EVERYTHING: TargetFacts = {
  ...FACTS,
  name: 'everything',
  usages: ['client-authentication', 'authorization-grant', 'bearer-token', 'dpop-proof'],
  endpoints: {
    ...FACTS.endpoints,
    resource: 'https://as.example/resource',
    revocation: 'https://as.example/revoke',
    par: 'https://as.example/par',
    metadata: 'https://as.example/.well-known/oauth-authorization-server',
  },
  declares: {
    ...FACTS.declares,
    algorithms: 'as-registered',
    supports: ['dpop', 'mutual-tls', 'token-exchange', 'id-jag', 'spiffe', 'at-jwt'],
  },
  principals: (
    ['client-authentication', 'authorization-grant', 'bearer-token', 'dpop-proof'] as const
  ).flatMap((usage) =>
    (
      [
        ['honest', ''],
        ['hostile', ''],
        ['spare', ''],
        // A party whose name goes on where that of the honest one ends.
        ['honest', '/2'],
      ] as const
    ).map(([like, more]): Principal => {
      const role = more === '' ? like : 'spare'
      const { id, ...of } = party(like, usage)
      const name = `${like}${more}-${usage}`
      const key = (algorithm: string) => ({
        name: `${name}-${algorithm}`,
        algorithm,
        kid: `${name}-${algorithm}-kid`,
      })
      return {
        ...of,
        id: id + more,
        roles: [role],
        name,
        subject: usage === 'client-authentication' ? id + more : `${like}${more}-subject`,
        keys: [
          ...ALGORITHMS.map(key),
          { ...key('ES384'), name: `${name}-idle`, kid: `${name}-idle-kid`, mark: 'idle' },
          ...['RS256', 'PS256', 'HS256', 'HS512'].map((algorithm) => ({
            ...key(algorithm),
            name: `${name}-${algorithm}-weak`,
            kid: `${name}-${algorithm}-weak-kid`,
            mark: 'weak' as const,
          })),
        ],
      }
    }),
  ),
}

/** A target with these controls, which do whatever a fault may ask. */
export function offering(...controls: readonly string[]): Offered {
  return { missing: null, controls, lacks: () => null }
}
