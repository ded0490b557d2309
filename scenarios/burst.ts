import type { Scenario, Stream } from '../harness/model/scenario.ts'

/** Honest clients that all come in the same moment. */
function atOnce(name: string, count: number, atSeconds: number): Stream {
  return {
    name,
    attack: null,
    usage: 'client-authentication',
    by: 'honest',
    arrivals: { kind: 'burst', count, atSeconds },
    copies: 1,
    release: 'in-turn',
    gapSeconds: 0,
    nodes: 'rotate',
    lifetimeSeconds: 60,
  }
}

/**
 * One node works for somebody else, as fast as it can, when two, ten and fifty times the honest clients of a second come
 * at once.
 *
 * The load in the background is of a client of its own and never judged. Answers with the server's own trouble are
 * unavailability; a right assertion refused as wrong is what no load excuses.
 */
export default {
  name: 'burst',
  question: 'Are honest clients still served, and by right answers, when many come at once?',
  means: {
    conforms: 'Nobody honest was told that a right assertion was wrong.',
    violates: 'Under load the target calls right assertions wrong.',
  },
  needs: ['load'],
  nodes: 1,
  streams: [
    {
      name: 'steady',
      attack: null,
      usage: 'client-authentication',
      by: 'honest',
      arrivals: { kind: 'even', perSecond: 16, startSeconds: 0, endSeconds: 9 },
      copies: 1,
      release: 'in-turn',
      gapSeconds: 0,
      nodes: 'rotate',
      lifetimeSeconds: 60,
    },
    atOnce('twice', 32, 1.6),
    atOnce('ten-times', 160, 2.4),
    atOnce('fifty-times', 800, 3.4),
  ],
  faults: [
    {
      fault: 'load.pressure',
      on: 'node-1',
      startSeconds: 1,
      endSeconds: 6,
      options: { perSecond: 400, connections: 8, most: 1500 },
    },
  ],
  guards: [
    {
      name: 'honest requests judged before',
      counts: 'owed-accepts',
      stream: 'steady',
      first: 'before',
      needed: 12,
    },
    {
      name: 'honest requests judged of twice as many at once',
      counts: 'owed-accepts',
      stream: 'twice',
      needed: 20,
    },
    {
      name: 'honest requests judged of ten times as many at once',
      counts: 'owed-accepts',
      stream: 'ten-times',
      needed: 100,
    },
    {
      name: 'honest requests judged of fifty times as many at once',
      counts: 'owed-accepts',
      stream: 'fifty-times',
      needed: 400,
    },
    {
      name: 'honest requests judged afterwards',
      counts: 'owed-accepts',
      stream: 'steady',
      first: 'after',
      needed: 10,
    },
  ],
  gates: [],
  maxUndecided: 0.05,
} satisfies Scenario
