import type { Scenario } from '../harness/model/scenario.ts'
import { replays, stream } from './parts.ts'

/** The clock of one node gains ten seconds in each, until it is out of the leeway. */
export default {
  name: 'clock-drift',
  question: 'Whom does a node refuse and accept whose clock runs ever further ahead?',
  means: {
    conforms:
      'By its own clock every node decided rightly; what the wrong clock cost is in the rates. Nothing was accepted twice that no clock had ended.',
    violates: 'A node accepted or refused what was wrong by its own clock, too.',
  },
  needs: ['clock'],
  nodes: 2,
  onDemand: true,
  streams: [
    // They end early enough for the clock to pass their end and any leeway beyond it.
    stream('honest', [0, 11], 24, { lifetimeSeconds: 20 }),
    stream('ended-half-a-minute-ago', [0, 11], 12, {
      attack: 'ended-half-a-minute-ago',
      by: 'hostile',
      change: {
        set: { iat: { $now: -90 }, exp: { $now: -30 } },
        defect: { kind: 'expired' },
      },
    }),
    replays('across', [0, 5], 10, { gapSeconds: 1.5, nodes: 'first-then-others' }),
    stream('hostile-but-right', [0, 11], 4, { by: 'hostile' }),
  ],
  faults: [
    {
      fault: 'clock.drift',
      on: 'node-2',
      startSeconds: 1.5,
      endSeconds: 7,
      options: { ppm: 10_000_000 },
    },
  ],
  guards: [
    {
      name: 'honest requests judged while the clock was wrong',
      counts: 'owed-accepts',
      stream: 'honest',
      first: 'during',
      needed: 30,
    },
    {
      name: 'honest requests judged afterwards',
      counts: 'owed-accepts',
      stream: 'honest',
      first: 'after',
      needed: 12,
    },
  ],
  gates: [],
  maxUndecided: 0.3,
} satisfies Scenario
