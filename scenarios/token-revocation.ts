import type { Scenario } from '../harness/model/scenario.ts'
import { stream } from './parts.ts'

/** The valid but stale token: revoked at one node (RFC 7009), and tried again and again at all of them. */
export default {
  name: 'token-revocation',
  question: 'How long is an access token good that its client has revoked, at any node?',
  means: {
    conforms:
      'A revoked token was refused, at every node, in the time that the target has for it; without one it was only measured.',
    violates: 'A token that was revoked is good for longer than the target says.',
  },
  needs: [],
  nodes: 1,
  streams: [
    stream('revoked', [0, 3], 4, {
      revokes: { tries: 9, everySeconds: 0.4 },
    }),
  ],
  faults: [],
  guards: [
    {
      name: 'tokens that worked in a place and were tried there when they should not any more',
      counts: 'revocations',
      stream: 'revoked',
      needed: 10,
    },
  ],
  gates: [],
  maxUndecided: 0.05,
} satisfies Scenario
