/** What scenarios have in common whose fault makes any server forget: how much is lost is counted, and held against nobody. */
import type { Scenario } from '../harness/model/scenario.ts'
import { replays, stream } from './parts.ts'

const [STARTS, ENDS] = [1.9, 3.2]

/**
 * Assertions used before the fault and sent again after it, and others used and sent again when it is over: these a
 * server must remember.
 */
export function forgettingScenario(
  told: Pick<Scenario, 'name' | 'question' | 'means'>,
  fault: string,
  options: Scenario['faults'][number]['options'] = {},
): Scenario {
  return {
    needs: ['store'],
    nodes: 2,
    onDemand: true,
    streams: [
      stream('honest', [0, 7.4], 20),
      replays('across', [0, 1.4], 44, { gapSeconds: 4.6, nodes: 'first-then-others' }),
      replays('afterwards', [5, 6.4], 22, { gapSeconds: 0.6, nodes: 'first-then-others' }),
    ],
    faults: [{ fault, on: 'store', startSeconds: STARTS, endSeconds: ENDS, options }],
    guards: [
      {
        name: 'replays whose first half was accepted before what was lost and whose second came after it',
        counts: 'pairs',
        stream: 'across',
        first: 'before',
        second: 'after',
        needed: 30,
      },
      {
        name: 'replays of which both halves came afterwards',
        counts: 'pairs',
        stream: 'afterwards',
        first: 'after',
        second: 'after',
        needed: 15,
      },
    ],
    gates: [],
    maxUndecided: 0.3,
    ...told,
  }
}
