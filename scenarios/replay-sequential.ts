import type { Scenario } from '../harness/model/scenario.ts'

export default {
  name: 'replay-sequential',
  question: 'Is an assertion that was accepted once refused when it comes again, at the same node?',
  means: {
    conforms: 'Each used assertion was remembered by the node that had seen it.',
    violates: 'The target keeps no memory of used assertions, or looks at it wrongly.',
  },
  needs: [],
  nodes: 1,
  streams: [
    {
      name: 'same-node',
      attack: 'replay',
      usage: 'client-authentication',
      by: 'honest',
      arrivals: { kind: 'in-turn', count: 30 },
      copies: 2,
      release: 'in-turn',
      gapSeconds: 0,
      nodes: 'rotate',
      lifetimeSeconds: 60,
      tries: true,
    },
  ],
  faults: [],
  guards: [
    {
      name: 'assertions accepted once and then sent again to the same node',
      counts: 'pairs',
      stream: 'same-node',
      nodes: 'same',
      needed: 20,
    },
  ],
  gates: [],
  maxUndecided: 0.05,
} satisfies Scenario
