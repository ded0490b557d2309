import type { Scenario } from '../harness/model/scenario.ts'
import { replays, stream } from './parts.ts'

/** A node stands still for two seconds, as in a long collection of garbage or a migration, and goes on where it was. */
export default {
  name: 'pause-resume',
  question: 'What gets in when a node goes on that stood still for two seconds?',
  means: {
    conforms: 'What was used while the node stood still was known to it when it went on.',
    violates: 'A node that stood still accepts what was used elsewhere meanwhile.',
  },
  needs: ['node'],
  nodes: 2,
  onDemand: true,
  streams: [
    stream('honest', [0, 6.5], 20),
    replays('across', [0, 1.5], 22, {
      gapSeconds: 3.6,
      nodes: { first: 'node-1', then: 'node-2' },
    }),
    // Used at another node while this one stands still, and in its queue when it goes on.
    replays('queued', [2.6, 3.4], 20, {
      gapSeconds: 0,
      nodes: { first: 'node-1', then: 'node-2' },
    }),
  ],
  faults: [{ fault: 'node.pause', on: 'node-2', startSeconds: 1.9, endSeconds: 4 }],
  guards: [
    {
      name: 'replays whose first half was accepted before the pause and whose second came after it',
      counts: 'pairs',
      stream: 'across',
      first: 'before',
      second: 'after',
      needed: 15,
    },
    {
      name: 'replays that waited at the node while it stood still',
      counts: 'pairs',
      stream: 'queued',
      first: 'during',
      needed: 8,
    },
  ],
  gates: [],
  maxUndecided: 0.3,
} satisfies Scenario
