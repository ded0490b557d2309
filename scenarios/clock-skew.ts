import type { Scenario } from '../harness/model/scenario.ts'

/**
 * The clock of one node is wrong by more than any leeway, first ahead, then behind, under assertions that live a minute.
 *
 * By its own clock the node decides rightly, which the code's frame says; by true time it refuses honest clients and
 * accepts what has ended, which is what the rates of the world's frame count.
 */
export default {
  name: 'clock-skew',
  question:
    'Whom does a node refuse and accept while its clock is 90 s ahead, and while it is 90 s behind?',
  means: {
    conforms:
      'By its own clock every node decided rightly; what the wrong clock cost is in the rates. Nobody accepted what had ended for every clock.',
    violates: 'A node accepted or refused what was wrong by its own clock, too.',
  },
  needs: ['clock'],
  nodes: 2,
  streams: [
    {
      name: 'honest',
      attack: null,
      usage: 'client-authentication',
      by: 'honest',
      arrivals: { kind: 'even', perSecond: 24, startSeconds: 0, endSeconds: 8 },
      copies: 1,
      release: 'in-turn',
      gapSeconds: 0,
      nodes: 'rotate',
      lifetimeSeconds: 60,
    },
    {
      name: 'ended-a-minute-ago',
      attack: 'ended-a-minute-ago',
      usage: 'client-authentication',
      by: 'hostile',
      arrivals: { kind: 'even', perSecond: 12, startSeconds: 0, endSeconds: 8 },
      copies: 1,
      release: 'in-turn',
      gapSeconds: 0,
      nodes: 'rotate',
      lifetimeSeconds: 60,
      change: {
        set: { iat: { $now: -120 }, exp: { $now: -60 } },
        defect: { kind: 'expired' },
      },
    },
    {
      name: 'ended-an-hour-ago',
      attack: 'ended-an-hour-ago',
      usage: 'client-authentication',
      by: 'hostile',
      arrivals: { kind: 'even', perSecond: 12, startSeconds: 0, endSeconds: 8 },
      copies: 1,
      release: 'in-turn',
      gapSeconds: 0,
      nodes: 'rotate',
      lifetimeSeconds: 60,
      change: {
        set: { iat: { $now: -3660 }, exp: { $now: -3600 } },
        defect: { kind: 'expired' },
      },
    },
  ],
  faults: [
    {
      fault: 'clock.offset',
      on: 'node-2',
      startSeconds: 1,
      endSeconds: 3.5,
      options: { offsetSeconds: 90 },
    },
    {
      fault: 'clock.offset',
      on: 'node-2',
      startSeconds: 4.3,
      endSeconds: 6.8,
      options: { offsetSeconds: -90 },
    },
  ],
  guards: [
    {
      name: 'honest requests judged while the clock was wrong',
      counts: 'owed-accepts',
      stream: 'honest',
      first: 'during',
      needed: 60,
    },
    {
      name: 'assertions that ended an hour ago judged while the clock was wrong',
      counts: 'determinate',
      stream: 'ended-an-hour-ago',
      first: 'during',
      needed: 30,
    },
    {
      name: 'honest requests judged once the clock was right again',
      counts: 'owed-accepts',
      stream: 'honest',
      first: 'after',
      needed: 15,
    },
  ],
  gates: [],
  maxUndecided: 0.05,
} satisfies Scenario
