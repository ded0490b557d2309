import type { Scenario } from '../harness/model/scenario.ts'
import { stream } from './parts.ts'

/** A client publishes a second key and signs with it, while others of its processes still sign with the first. */
export default {
  name: 'key-rotation',
  question: 'How long does it take until a key works that a client has just published?',
  means: {
    conforms:
      'The new key worked in the time that the target has for it, and the old one all along.',
    violates: 'A client that rotates its keys as it should is refused.',
  },
  needs: ['keys'],
  nodes: 1,
  onDemand: true,
  streams: [
    stream('old-key', [0, 9], 12, { by: 'rotating' }),
    stream('new-key', [1.8, 8.4], 12, {
      by: 'rotating',
      change: { key: 'next', defect: null },
      keyState: { is: 'added', by: 'keys.add' },
    }),
  ],
  faults: [{ fault: 'keys.add', on: 'rotating', startSeconds: 1.5, endSeconds: 8.5 }],
  guards: [
    {
      name: 'assertions under the new key that were owed acceptance',
      counts: 'owed-accepts',
      stream: 'new-key',
      first: 'during',
      needed: 20,
    },
    {
      name: 'assertions under the old key judged meanwhile',
      counts: 'owed-accepts',
      stream: 'old-key',
      first: 'during',
      needed: 40,
    },
  ],
  gates: [],
  maxUndecided: 0.5,
} satisfies Scenario
