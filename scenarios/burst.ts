import type { Scenario } from '../harness/model/scenario.ts'

/**
 * One node works for somebody else, as fast as it can, when ten times the usual number of honest clients come at once.
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
      arrivals: { kind: 'even', perSecond: 20, startSeconds: 0, endSeconds: 5.5 },
      copies: 1,
      release: 'in-turn',
      gapSeconds: 0,
      nodes: 'rotate',
      lifetimeSeconds: 60,
    },
    {
      name: 'all-at-once',
      attack: null,
      usage: 'client-authentication',
      by: 'honest',
      arrivals: { kind: 'burst', count: 200, atSeconds: 2.8 },
      copies: 1,
      release: 'in-turn',
      gapSeconds: 0,
      nodes: 'rotate',
      lifetimeSeconds: 60,
    },
  ],
  faults: [
    {
      fault: 'load.pressure',
      on: 'node-1',
      startSeconds: 1,
      endSeconds: 4.2,
      options: { perSecond: 400, connections: 8, most: 1000 },
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
      name: 'honest requests judged of those that came at once',
      counts: 'owed-accepts',
      stream: 'all-at-once',
      needed: 100,
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
