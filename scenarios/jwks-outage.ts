import type { Scenario } from '../harness/model/scenario.ts'
import { stream } from './parts.ts'

const TROUBLES = ['keys.outage', 'keys.garbage', 'keys.oversized', 'keys.slow']

/** The place where a client publishes its keys fails, talks nonsense, never ends, and is slow, two seconds each. */
export default {
  name: 'jwks-outage',
  question: 'Whom does the target refuse while a client’s published keys cannot be had?',
  means: {
    conforms:
      'Nobody whose keys are published elsewhere came to harm; what it cost the client is in the rates.',
    violates: 'That one client’s keys cannot be had makes the target refuse others, or fail.',
  },
  needs: ['keys'],
  nodes: 1,
  onDemand: true,
  streams: [
    stream('published-elsewhere', [0, 12.5], 12),
    stream('of-that-client', [0, 12.5], 12, { by: 'rotating' }),
  ],
  faults: TROUBLES.map((fault, index) => ({
    fault,
    on: 'rotating',
    startSeconds: 1.5 + 2.5 * index,
    endSeconds: 3.5 + 2.5 * index,
    options: { seconds: 1 },
  })),
  guards: [
    {
      name: 'honest requests of others judged meanwhile',
      counts: 'owed-accepts',
      stream: 'published-elsewhere',
      first: 'during',
      needed: 40,
    },
    {
      name: 'requests of that client judged afterwards',
      counts: 'owed-accepts',
      stream: 'of-that-client',
      first: 'after',
      needed: 10,
    },
  ],
  gates: [],
  maxUndecided: 0.3,
} satisfies Scenario
