import type { Scenario } from '../harness/model/scenario.ts'
import { replays, stream } from './parts.ts'

/** The nodes are killed and started again one after the other, as in a deployment, only without a farewell. */
export default {
  name: 'rolling-restart',
  question: 'What is lost, and what can be replayed, while the nodes are restarted one by one?',
  means: {
    conforms: 'Nothing that a node had accepted was accepted again by another once all were back.',
    violates: 'A restart lets used assertions in that the target must still remember.',
  },
  needs: ['node'],
  nodes: 3,
  onDemand: true,
  streams: [
    stream('honest', [0, 14.5], 20),
    replays('across', [0, 1.6], 24, { gapSeconds: 12, nodes: 'first-then-others' }),
    replays('meanwhile', [2, 9], 8, { gapSeconds: 0.2, nodes: 'first-then-others' }),
  ],
  faults: ['node-1', 'node-2', 'node-3'].map((on, index) => ({
    fault: 'node.kill',
    on,
    startSeconds: 2 + 3 * index,
    endSeconds: 3.2 + 3 * index,
  })),
  guards: [
    {
      name: 'replays whose first half was accepted before the first restart and whose second came after the last',
      counts: 'pairs',
      stream: 'across',
      first: 'before',
      second: 'after',
      needed: 20,
    },
    {
      name: 'honest requests judged after the last restart',
      counts: 'owed-accepts',
      stream: 'honest',
      first: 'after',
      needed: 15,
    },
  ],
  gates: [],
  maxUndecided: 0.3,
} satisfies Scenario
