import type { Scenario } from '../harness/model/scenario.ts'
import { replays, stream } from './parts.ts'

/** When the edge is cut, each time for a second. */
const CUTS = [1.9, 4.3, 6.7]

/** One node loses the replay store again and again, for a second each time, under replays to and from it. */
export default {
  name: 'partition-flapping',
  question: 'Does a used assertion get through while the way to the replay store comes and goes?',
  means: {
    conforms: 'No replay got through in any of the cuts, or between them.',
    violates: 'Each time the way to the store is lost, a used assertion may get through.',
  },
  needs: ['link'],
  nodes: 2,
  onDemand: true,
  streams: [
    stream('honest', [0, 10.5], 20),
    replays('across', [0, 6], 20, {
      gapSeconds: 1.4,
      nodes: { first: 'node-1', then: 'node-2' },
    }),
    replays('back', [0, 6], 10, { gapSeconds: 1.4, nodes: { first: 'node-2', then: 'node-1' } }),
  ],
  faults: CUTS.map((startSeconds) => ({
    fault: 'link.cut',
    on: 'node-2>store',
    startSeconds,
    endSeconds: startSeconds + 1,
  })),
  guards: [
    {
      name: 'replays whose second half met a cut',
      counts: 'pairs',
      stream: 'across',
      second: 'during',
      needed: 15,
    },
    {
      name: 'honest requests judged after the last cut',
      counts: 'owed-accepts',
      stream: 'honest',
      first: 'after',
      needed: 15,
    },
  ],
  gates: [],
  maxUndecided: 0.5,
} satisfies Scenario
