import type { Scenario } from '../harness/model/scenario.ts'
import { stream } from './parts.ts'

/** Requests in the name of a client that publishes its keys, each of which names one that it does not have. */
export default {
  name: 'unknown-kid-storm',
  question: 'How often does the target fetch keys for requests that name one which nobody has?',
  means: {
    conforms: 'Junk was refused, and the honest were served meanwhile. What it cost is told here.',
    violates: 'Junk gets in, or keeps the honest out.',
  },
  needs: ['keys'],
  nodes: 1,
  onDemand: true,
  streams: [
    stream('honest', [0, 5], 12),
    stream('owner', [0, 5], 12, { by: 'rotating' }),
    stream('junk', [0.5, 4.5], 50, {
      attack: 'unknown-kid',
      by: 'rotating',
      change: { header: { kid: 'nobody-has-this' }, defect: { kind: 'signature-bit' } },
    }),
  ],
  faults: [],
  guards: [
    { name: 'junk that was answered', counts: 'determinate', stream: 'junk', needed: 100 },
    {
      name: 'honest requests judged meanwhile',
      counts: 'owed-accepts',
      stream: 'honest',
      needed: 40,
    },
  ],
  gates: [],
  maxUndecided: 0.3,
} satisfies Scenario
