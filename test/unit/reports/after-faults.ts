import type { FailureMode, Recovery } from '../../../harness/model/record.ts'

/** Every way to come back from a fault, or not to. */
export const RECOVERY: readonly Recovery[] = [
  {
    scenario: 'store-partition',
    fault: 'link.cut',
    on: 'node-2>store',
    mendedMs: 20_004,
    watchedMs: 60_100,
    judged: 2404,
    windows: 24,
    baseline: { events: 0, trials: 390, upper95: 0.00765 },
    came: { kind: 'within', fromMs: 2496, toMs: 4996 },
  },
  {
    scenario: 'store-partition',
    fault: 'link.cut',
    on: 'node-3>store',
    mendedMs: 90_000,
    watchedMs: 60_000,
    judged: 2400,
    windows: 24,
    baseline: { events: 0, trials: 390, upper95: 0.00765 },
    came: { kind: 'stuck' },
  },
  {
    scenario: 'clock-skew',
    fault: 'clock.offset',
    on: 'node-2',
    mendedMs: 30_000,
    watchedMs: 10_000,
    judged: 240,
    windows: 4,
    baseline: { events: 1, trials: 100, upper95: 0.0466 },
    came: { kind: 'below-one-window', windowMs: 2480 },
  },
  {
    scenario: 'burst',
    fault: 'load.pressure',
    on: 'node-1',
    mendedMs: 30_000,
    watchedMs: 1400,
    judged: 28,
    windows: 0,
    baseline: { events: 0, trials: 20, upper95: 0.139 },
    came: {
      kind: 'unknown',
      because: 'only 28 judged in 1.4 s; a window takes 100',
    },
  },
]

/** Every way in which a replay memory fails. */
export const FAILURE_MODES: readonly FailureMode[] = [
  mode('fail-open', { accepted: 60, lower95: 0.951, upper95: 1 }),
  mode('fail-closed', { refused: 2, unavailable: 58, upper95: 0.0487 }),
  mode('degraded', { accepted: 30, unavailable: 40, lower95: 0.328, upper95: 0.534 }),
  mode('unclassified', { refused: 58, undecided: 3, upper95: 0.0503 }),
]

function mode(name: FailureMode['mode'], change: Partial<FailureMode>): FailureMode {
  return {
    scenario: 'store-partition',
    attack: 'replay',
    nodes: 'other',
    mode: name,
    accepted: 0,
    refused: 0,
    unavailable: 0,
    undecided: 0,
    lower95: 0,
    upper95: 1,
    ...change,
  }
}
