import type { Scenario, Stream } from '../harness/model/scenario.ts'
import { replays, stream } from './parts.ts'

const NODES = ['node-1', 'node-2'] as const
/** Further than any leeway that is usual, and less than a minute, so that assertions of two minutes stay good. */
const OFFSET_SECONDS = 45

/** At each of the two nodes by itself: what is sent once goes nowhere else, whichever others there are. */
function atBoth(name: string, perSecond: number, more: Partial<Stream>): readonly Stream[] {
  return NODES.map((node) =>
    stream(`${name}-at-${node}`, [0, 9], perSecond, {
      nodes: { first: node, then: node },
      ...more,
    }),
  )
}

function wrongAtBoth(
  [startSeconds, endSeconds]: readonly [number, number],
  offsetSeconds: number,
): Scenario['faults'] {
  return NODES.map((on) => ({
    fault: 'clock.offset',
    on,
    startSeconds,
    endSeconds,
    options: { offsetSeconds },
  }))
}

/** Two nodes that agree about a time which is not so, as behind one time server that is wrong. */
export default {
  name: 'clock-skew-everywhere',
  question:
    'Whom do nodes refuse and accept whose clocks are all wrong alike, and do they still know what was used?',
  means: {
    conforms:
      'By their own clocks the nodes decided rightly, and a used assertion stayed used; what the wrong time cost is in the rates.',
    violates: 'A node accepted or refused what was wrong by its own clock, too.',
  },
  needs: ['clock'],
  nodes: 2,
  onDemand: true,
  streams: [
    ...atBoth('honest', 10, { lifetimeSeconds: 30 }),
    ...atBoth('ended-half-a-minute-ago', 5, {
      attack: 'ended-half-a-minute-ago',
      by: 'hostile',
      change: {
        set: { iat: { $now: -90 }, exp: { $now: -30 } },
        defect: { kind: 'expired' },
      },
    }),
    // Used while the clocks are right and sent again while they are ahead: none of them ends two minutes meanwhile.
    replays('across', [0, 5], 10, {
      gapSeconds: 2.6,
      lifetimeSeconds: 120,
      nodes: { first: 'node-1', then: 'node-2' },
    }),
  ],
  faults: [...wrongAtBoth([1, 4], OFFSET_SECONDS), ...wrongAtBoth([4.8, 7.8], -OFFSET_SECONDS)],
  guards: [
    {
      name: 'honest requests judged at node-1 while the clocks were wrong',
      counts: 'owed-accepts',
      stream: 'honest-at-node-1',
      first: 'during',
      needed: 20,
    },
    {
      name: 'honest requests judged at node-2 while the clocks were wrong',
      counts: 'owed-accepts',
      stream: 'honest-at-node-2',
      first: 'during',
      needed: 20,
    },
    {
      name: 'replays whose second half was judged while the clocks were wrong',
      counts: 'pairs',
      stream: 'across',
      second: 'during',
      needed: 8,
    },
  ],
  gates: [],
  maxUndecided: 0.3,
} satisfies Scenario
