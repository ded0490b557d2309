import type { Scenario } from '../harness/model/scenario.ts'
import { storeScenario } from './parts.ts'

/** The store has no memory left, and evicts nothing. */
export default storeScenario(
  {
    name: 'store-full',
    question: 'What do the nodes do while the replay store has no memory left?',
    means: {
      conforms: 'No replay got through while the store was full.',
      violates: 'A full store lets assertions in that it cannot remember.',
    },
    onDemand: true,
  },
  'store.full',
) satisfies Scenario
