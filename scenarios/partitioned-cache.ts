import type { Scenario } from '../harness/model/scenario.ts'

/** One node loses the replay store for some seconds, between the two halves of over fifty replays. */
export default {
  name: 'partitioned-cache',
  question: 'What does a node do with a used assertion while it cannot reach the replay store?',
  means: {
    conforms:
      'No replay got through while the node was cut off, and honest clients were served again afterwards.',
    violates: 'A node that cannot ask whether an assertion was used accepts it: it fails open.',
  },
  needs: ['link'],
  nodes: 2,
  streams: [
    {
      name: 'honest',
      attack: null,
      usage: 'client-authentication',
      by: 'honest',
      arrivals: { kind: 'even', perSecond: 20, startSeconds: 0, endSeconds: 7 },
      copies: 1,
      release: 'in-turn',
      gapSeconds: 0,
      nodes: 'rotate',
      lifetimeSeconds: 60,
    },
    {
      name: 'across-the-cut',
      attack: 'replay',
      usage: 'client-authentication',
      by: 'hostile',
      arrivals: { kind: 'even', perSecond: 40, startSeconds: 0, endSeconds: 1.5 },
      copies: 2,
      release: 'in-turn',
      gapSeconds: 2.5,
      nodes: { first: 'node-1', then: 'node-2' },
      lifetimeSeconds: 60,
    },
  ],
  faults: [{ fault: 'link.cut', on: 'node-2>store', startSeconds: 1.9, endSeconds: 5.2 }],
  guards: [
    {
      name: 'replays whose first half was accepted before the cut and whose second met it',
      counts: 'pairs',
      stream: 'across-the-cut',
      first: 'before',
      second: 'during',
      nodes: 'other',
      needed: 30,
    },
    {
      name: 'honest requests judged after the cut was mended',
      counts: 'owed-accepts',
      stream: 'honest',
      first: 'after',
      needed: 15,
    },
  ],
  gates: [],
  maxUndecided: 0.05,
} satisfies Scenario
