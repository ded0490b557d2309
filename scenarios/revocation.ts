import type { Scenario } from '../harness/model/scenario.ts'
import { stream } from './parts.ts'

/** A client is revoked and goes on asking at all nodes, as one does whose registration was taken away. */
export default {
  name: 'revocation',
  question: 'How long does a client get in that was revoked, at any node?',
  means: {
    conforms: 'The revoked client was out, at every node, in the time that the target has for it.',
    violates: 'A revoked client goes on getting tokens.',
  },
  needs: ['revoke'],
  nodes: 1,
  onDemand: true,
  streams: [
    stream('honest', [0, 9], 12),
    stream('revoked', [0, 8], 24, {
      attack: 'revoked',
      by: 'rotating',
      keyState: { is: 'removed', by: 'revoke.client' },
    }),
  ],
  faults: [{ fault: 'revoke.client', on: 'rotating', startSeconds: 1.5, endSeconds: 8.1 }],
  guards: [
    {
      name: 'requests of the revoked client that were answered',
      counts: 'determinate',
      stream: 'revoked',
      first: 'during',
      needed: 60,
    },
    {
      name: 'requests of others judged meanwhile',
      counts: 'owed-accepts',
      stream: 'honest',
      first: 'during',
      needed: 30,
    },
  ],
  gates: [],
  maxUndecided: 0.6,
} satisfies Scenario
