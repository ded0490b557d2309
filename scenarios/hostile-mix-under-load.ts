import type { Scenario, Stream } from '../harness/model/scenario.ts'

/** A part of the mix; each assertion once, at one node after the other. */
function share(name: string, of: number, more: Partial<Stream>): Stream {
  return {
    name,
    attack: null,
    usage: 'client-authentication',
    by: 'hostile',
    arrivals: { kind: 'share', of },
    copies: 1,
    release: 'in-turn',
    gapSeconds: 0,
    nodes: 'rotate',
    lifetimeSeconds: 60,
    ...more,
  }
}

/**
 * What a busy token endpoint sees: mostly honest clients, and among them every kind of wrong assertion, all at random.
 *
 * Replays come at once, a little later and much later, and where there are several nodes at another one than the first.
 */
export default {
  name: 'hostile-mix-under-load',
  question:
    'Among many honest clients at once: how often is what is wrong accepted, and what is right refused?',
  means: {
    conforms:
      'Under load, too, every wrong assertion was refused and every right one accepted once.',
    violates: 'Under load the target accepts something wrong, or refuses something right.',
  },
  needs: [],
  nodes: 1,
  mix: { kind: 'poisson', perSecond: 150, startSeconds: 0, endSeconds: 6 },
  streams: [
    share('honest', 0.58, { by: 'honest' }),
    // What the hostile client is refused means something only while it is let in at all.
    share('hostile-but-right', 0.08, {}),
    share('wrong-audience', 0.08, {
      attack: 'wrong-audience',
      change: {
        set: { aud: 'https://another-server.cupel.example' },
        defect: { kind: 'audience', form: 'foreign' },
      },
    }),
    share('expired', 0.08, {
      attack: 'expired',
      change: {
        set: { iat: { $now: -3660 }, exp: { $now: -3600 } },
        defect: { kind: 'expired' },
      },
    }),
    share('bad-signature', 0.08, {
      attack: 'bad-signature',
      change: { defect: { kind: 'signature-bit' } },
    }),
    share('replay-at-once', 0.04, { attack: 'replay', copies: 2, nodes: 'first-then-others' }),
    share('replay-soon', 0.03, {
      attack: 'replay',
      copies: 3,
      gapSeconds: 0.3,
      nodes: 'first-then-others',
    }),
    share('replay-later', 0.03, {
      attack: 'replay',
      copies: 2,
      gapSeconds: 3,
      nodes: 'first-then-others',
    }),
  ],
  faults: [],
  // Each so far below what is drawn on average that one run in 50,000 falls short of it.
  guards: [
    { name: 'honest requests judged', counts: 'owed-accepts', stream: 'honest', needed: 350 },
    {
      name: 'assertions for another server judged',
      counts: 'determinate',
      stream: 'wrong-audience',
      needed: 40,
    },
    { name: 'expired assertions judged', counts: 'determinate', stream: 'expired', needed: 40 },
    {
      name: 'assertions with a bad signature judged',
      counts: 'determinate',
      stream: 'bad-signature',
      needed: 40,
    },
    {
      name: 'assertions accepted once and sent again at once',
      counts: 'pairs',
      stream: 'replay-at-once',
      needed: 12,
    },
    {
      name: 'assertions accepted once and sent again soon',
      counts: 'pairs',
      stream: 'replay-soon',
      needed: 12,
    },
    {
      name: 'assertions accepted once and sent again later',
      counts: 'pairs',
      stream: 'replay-later',
      needed: 8,
    },
  ],
  gates: [],
  // A harness that is as late as this puts its own load on the target, not the one that was asked for.
  tolerates: { dueToBegunP99Ms: 1_000, dropped: 10 },
  maxUndecided: 0.05,
} satisfies Scenario
