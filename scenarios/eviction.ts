import type { Scenario } from '../harness/model/scenario.ts'

/** How many assertions lie between the two uses of each, less one: more than the smallest memories in use hold. */
const ASSERTIONS = 120

/** Fresh assertions one after the other, then all of them again from the first. */
export default {
  name: 'eviction',
  question: `Is a used assertion still remembered when ${ASSERTIONS - 1} others have been used after it?`,
  means: {
    conforms: 'None was forgotten for the sake of later ones.',
    violates:
      'The memory of used assertions is too small, and drops the oldest while it is still good.',
  },
  needs: [],
  nodes: 1,
  streams: [
    {
      name: 'oldest-again',
      attack: 'replay',
      usage: 'client-authentication',
      by: 'honest',
      arrivals: { kind: 'in-turn', count: ASSERTIONS },
      copies: 2,
      release: 'in-rounds',
      gapSeconds: 0,
      nodes: 'rotate',
      lifetimeSeconds: 60,
      finding: 'replay/forgotten-after-others',
    },
  ],
  faults: [],
  guards: [
    {
      name: 'assertions accepted once and sent again to the same node after all the others',
      counts: 'pairs',
      stream: 'oldest-again',
      nodes: 'same',
      needed: 110,
    },
  ],
  gates: [],
  maxUndecided: 0.05,
} satisfies Scenario
