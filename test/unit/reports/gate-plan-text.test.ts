import { expect, test } from 'vitest'
import type { Gate } from '../../../harness/model/scenario.ts'
import { planGate } from '../../../harness/plan/scenarios/gate-plan.ts'
import { gatePlanText } from '../../../reports/gate-plan-text.ts'
import baseline from '../../../scenarios/baseline.ts'
import partitionedCache from '../../../scenarios/partitioned-cache.ts'
import replayRace from '../../../scenarios/replay-race.ts'
import replaySequential from '../../../scenarios/replay-sequential.ts'

const FAR: Gate = { metric: 'far', attack: null, phase: null, frame: 'world', below: 1e-4 }

test('what gates take is as in its file', async () => {
  const planning = { repeat: 1, nodes: 3, maxPerSecond: 50 }
  const sequential = { good: 1e-4, alpha: 0.05, beta: 0.05 }
  const text = gatePlanText([
    planGate(FAR, [baseline, replaySequential], planning),
    planGate({ ...FAR, phase: 'before' }, [partitionedCache], planning),
    planGate({ ...FAR, below: 1e-3, sequential }, [replayRace], {
      ...planning,
      maxPerSecond: null,
    }),
  ])
  await expect(`${text}\n`).toMatchFileSnapshot('__outputs__/gate-plan.txt')
})
