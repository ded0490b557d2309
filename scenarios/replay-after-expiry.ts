import type { Scenario, Stream } from '../harness/model/scenario.ts'

/** Assertions that ended some seconds ago, presented for the first time: what is accepted of them is the leeway. */
function ended(secondsAgo: number): Stream {
  return {
    name: `ended-${secondsAgo}-s-ago`,
    attack: null,
    usage: 'client-authentication',
    by: 'hostile',
    arrivals: { kind: 'even', perSecond: 6, startSeconds: 0, endSeconds: 1 },
    copies: 1,
    release: 'in-turn',
    gapSeconds: 0,
    nodes: 'rotate',
    lifetimeSeconds: 60,
    change: {
      set: { iat: { $now: -secondsAgo - 60 }, exp: { $now: -secondsAgo } },
      defect: { kind: 'expired' },
    },
  }
}

/**
 * A memory must last as long as the acceptance does. Each assertion is used in the last two seconds before its end and
 * sent again in the first two after it, where a target with leeway still accepts what it has not seen. How long that is
 * the first presentations of ended ones show. Fewer than a hundred in all, so that no small memory is in question.
 */
export default {
  name: 'replay-after-expiry',
  question:
    'Is a used assertion still remembered after its end, for as long as a fresh one is accepted?',
  means: {
    conforms: 'Nothing that was used before its end was accepted once more after it.',
    violates: 'The target forgets at the end of an assertion what it accepts beyond that.',
  },
  needs: [],
  nodes: 1,
  streams: [
    ended(2),
    ended(5),
    ended(8),
    {
      name: 'used-before-its-end',
      attack: 'replay',
      usage: 'client-authentication',
      by: 'hostile',
      arrivals: { kind: 'even', perSecond: 20, startSeconds: 0, endSeconds: 1.5 },
      copies: 2,
      release: 'in-turn',
      gapSeconds: 2.8,
      nodes: 'rotate',
      lifetimeSeconds: 2,
      finding: 'replay/forgotten-before-leeway-ends',
    },
  ],
  faults: [],
  guards: [
    {
      name: 'assertions accepted once and sent again to the same node after their end',
      counts: 'pairs',
      stream: 'used-before-its-end',
      nodes: 'same',
      needed: 20,
    },
    ...[2, 5, 8].map((secondsAgo) => ({
      name: `first presentations judged ${secondsAgo} s after the end`,
      counts: 'determinate' as const,
      stream: ended(secondsAgo).name,
      needed: 4,
    })),
  ],
  gates: [],
  maxUndecided: 0.05,
} satisfies Scenario
