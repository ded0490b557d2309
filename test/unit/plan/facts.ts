/** A target with everything, for plans made in tests. */
import type { Principal, TargetFacts } from '../../../harness/model/target.ts'
import type { Usage } from '../../../harness/model/plan.ts'

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
