import type { Scenario, Stream } from '../harness/model/scenario.ts'

function share(name: string, of: number, more: Partial<Stream>): Stream {
  return {
    name,
    attack: null,
    usage: 'client-authentication',
    by: 'honest',
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
 * A mix at ever higher rates, five seconds each, until the target is wrong, answers too little or too late, or the harness
 * cannot keep up: "right up to 800/s; the first false reject came at 1,200/s". The rungs are the curve of the rates and
 * latencies of `baseline` against the load.
 *
 * It is no part of `baseline`, which belongs to every run: that one takes seconds, asks a fixed number of requests so that
 * two runs can be compared, and harms nobody, while this one goes on until something gives way. So it runs only when named.
 */
export default {
  name: 'capacity',
  question: 'Up to which rate is every answer right, and what goes wrong first above it?',
  means: {
    conforms:
      'No answer was wrong at any rate that was asked; above the last one something else gave way.',
    violates: 'At some rate the target accepts something wrong, or refuses something right.',
  },
  needs: [],
  nodes: 1,
  mix: { kind: 'poisson', perSecond: 50, startSeconds: 0, endSeconds: 5 },
  climb: { times: [1, 2, 4, 8, 12, 16, 24, 32, 48, 64, 96, 128], unavailable: 0.01, slowMs: 1000 },
  onDemand: true,
  streams: [
    share('honest', 0.8, {}),
    share('wrong-audience', 0.05, {
      attack: 'wrong-audience',
      by: 'hostile',
      change: {
        set: { aud: 'https://another-server.cupel.example' },
        defect: { kind: 'audience', form: 'foreign' },
      },
    }),
    share('expired', 0.05, {
      attack: 'expired',
      by: 'hostile',
      change: {
        set: { iat: { $now: -3660 }, exp: { $now: -3600 } },
        defect: { kind: 'expired' },
      },
    }),
    share('replay', 0.1, { attack: 'replay', copies: 2, nodes: 'first-then-others' }),
  ],
  faults: [],
  guards: [
    { name: 'honest requests judged', counts: 'owed-accepts', stream: 'honest', needed: 100 },
    {
      name: 'assertions accepted once and then sent again',
      counts: 'pairs',
      stream: 'replay',
      needed: 10,
    },
  ],
  gates: [],
  tolerates: { dueToBegunP99Ms: 100, dropped: 0 },
  maxUndecided: 0.5,
} satisfies Scenario
