import type { Scenario, Stream } from '../harness/model/scenario.ts'

/** A second, and four of traffic at a steady pace. */
const STEADY = { copies: 1, release: 'in-turn', gapSeconds: 0, nodes: 'rotate' } as const

function hostile(name: string, more: Partial<Stream>): Stream {
  return {
    ...STEADY,
    name,
    attack: name,
    usage: 'client-authentication',
    by: 'hostile',
    arrivals: { kind: 'even', perSecond: 15, startSeconds: 0, endSeconds: 4 },
    lifetimeSeconds: 60,
    ...more,
  }
}

/** Honest and hostile clients side by side at a steady pace, with nothing broken: what every other scenario is held against. */
export default {
  name: 'baseline',
  question: 'With nothing broken: how often is what is wrong accepted, and what is right refused?',
  means: {
    conforms: 'Every wrong assertion was refused, and every right one accepted once.',
    violates: 'The target accepts something wrong, or refuses something right, even in quiet.',
  },
  needs: [],
  nodes: 1,
  streams: [
    {
      ...STEADY,
      name: 'honest',
      attack: null,
      usage: 'client-authentication',
      by: 'honest',
      arrivals: { kind: 'even', perSecond: 30, startSeconds: 0, endSeconds: 4.2 },
      lifetimeSeconds: 60,
    },
    // The hostile client's own right ones: what it is refused means something only while it is let in at all.
    hostile('hostile-but-right', {
      attack: null,
      arrivals: { kind: 'even', perSecond: 5, startSeconds: 0, endSeconds: 4.2 },
    }),
    hostile('wrong-audience', {
      change: {
        set: { aud: 'https://another-server.cupel.example' },
        defect: { kind: 'audience', form: 'foreign' },
      },
    }),
    hostile('expired', {
      change: {
        set: { iat: { $now: -3660 }, exp: { $now: -3600 } },
        defect: { kind: 'expired' },
      },
    }),
    hostile('bad-signature', { change: { defect: { kind: 'signature-bit' } } }),
    hostile('replay', { copies: 2 }),
  ],
  faults: [],
  guards: [
    { name: 'honest requests judged', counts: 'owed-accepts', stream: 'honest', needed: 100 },
    {
      name: 'assertions for another server judged',
      counts: 'determinate',
      stream: 'wrong-audience',
      needed: 50,
    },
    { name: 'expired assertions judged', counts: 'determinate', stream: 'expired', needed: 50 },
    {
      name: 'assertions with a bad signature judged',
      counts: 'determinate',
      stream: 'bad-signature',
      needed: 50,
    },
    {
      name: 'assertions accepted once and then sent again',
      counts: 'pairs',
      stream: 'replay',
      needed: 50,
    },
  ],
  gates: [],
  maxUndecided: 0.05,
} satisfies Scenario
