import type { Scenario } from '../harness/model/scenario.ts'

export default {
  name: 'replay-race',
  question:
    'Is one of many copies of an assertion accepted, and only one, when all arrive at once?',
  means: {
    conforms:
      'No race was won twice. That bounds how often one can be; it does not prove that none can.',
    violates:
      'The target looks an assertion up and then stores it, with time between for a second.',
  },
  needs: [],
  nodes: 1,
  streams: [
    {
      name: 'one-node',
      attack: 'replay',
      usage: 'client-authentication',
      by: 'honest',
      arrivals: { kind: 'in-turn', count: 20 },
      copies: 20,
      release: 'together',
      gapSeconds: 0,
      nodes: 'rotate',
      lifetimeSeconds: 60,
    },
  ],
  faults: [],
  guards: [
    {
      name: 'races in which two copies or more were judged, none before its release',
      counts: 'races',
      stream: 'one-node',
      needed: 15,
    },
  ],
  gates: [],
  maxUndecided: 0.05,
} satisfies Scenario
