import type { Scenario } from '../harness/model/scenario.ts'
import { stream } from './parts.ts'

/** A client takes back its key, as after it was stolen, and somebody goes on signing with it. */
export default {
  name: 'key-removal',
  question: 'How long does a key go on working that a client no longer publishes?',
  means: {
    conforms: 'The removed key stopped working in the time that the target has for it.',
    violates: 'Whoever has stolen a key can use it long after its owner took it back.',
  },
  needs: ['keys'],
  nodes: 1,
  onDemand: true,
  streams: [
    stream('removed-key', [0, 9.4], 18, {
      attack: 'removed-key',
      by: 'rotating',
      keyState: { is: 'removed', by: 'keys.rotate' },
    }),
    stream('new-key', [1.8, 9.3], 6, {
      by: 'rotating',
      change: { key: 'next', defect: null },
      keyState: { is: 'added', by: 'keys.rotate' },
    }),
  ],
  faults: [{ fault: 'keys.rotate', on: 'rotating', startSeconds: 1.5, endSeconds: 9.5 }],
  guards: [
    {
      name: 'assertions under the removed key that were answered',
      counts: 'determinate',
      stream: 'removed-key',
      first: 'during',
      needed: 60,
    },
  ],
  gates: [],
  maxUndecided: 0.6,
} satisfies Scenario
