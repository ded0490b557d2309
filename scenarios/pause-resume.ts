import type { Scenario } from '../harness/model/scenario.ts'
import { replays, stream } from './parts.ts'

/** A node stands still for three seconds, as in a long collection of garbage or a migration, and goes on where it was. */
export default {
  name: 'pause-resume',
  question: 'What gets in when a node goes on that stood still for three seconds?',
  means: {
    conforms: 'What was used while the node stood still was known to it when it went on.',
    violates: 'A node that stood still accepts what was used elsewhere meanwhile.',
  },
  needs: ['node'],
  nodes: 2,
  onDemand: true,
  streams: [
    stream('honest', [0, 9], 20),
    replays('across', [0, 1.5], 22, {
      gapSeconds: 5.8,
      nodes: { first: 'node-1', then: 'node-2' },
    }),
    // Used at another node while this one stands still, and in its queue when it goes on.
    replays('queued', [3.4, 4.6], 20, {
      gapSeconds: 0,
      nodes: { first: 'node-1', then: 'node-2' },
    }),
  ],
  faults: [{ fault: 'node.pause', on: 'node-2', startSeconds: 1.9, endSeconds: 5.2 }],
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
