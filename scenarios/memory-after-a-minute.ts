import type { Scenario } from '../harness/model/scenario.ts'
import { replays } from './parts.ts'

/**
 * Assertions that live for minutes, used and sent again a minute and a second later. Few, so that no small memory is in
 * question. It takes a minute, so it runs only when it is named.
 */
export default {
  name: 'memory-after-a-minute',
  question: 'Is a used assertion still remembered after a minute, long before its end?',
  means: {
    conforms: 'What was used a minute ago was remembered.',
    violates: 'The target remembers for a fixed time, however long an assertion is good for.',
  },
  needs: [],
  nodes: 1,
  onDemand: true,
  streams: [
    replays('a-minute-later', [0, 3], 12, {
      gapSeconds: 61,
      lifetimeSeconds: 240,
      finding: 'replay/forgotten-after-a-while',
    }),
  ],
  faults: [],
  guards: [
    {
      name: 'assertions accepted once and sent again to the same node a minute later',
      counts: 'pairs',
      stream: 'a-minute-later',
      nodes: 'same',
      needed: 20,
    },
  ],
  gates: [],
  maxUndecided: 0.05,
} satisfies Scenario
