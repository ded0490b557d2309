import type { Scenario } from '../harness/model/scenario.ts'
import { storeScenario } from './parts.ts'

/** The store takes what it is asked and answers nothing for some seconds, and then all of it. */
export default storeScenario(
  {
    name: 'store-hanging',
    question: 'What do the nodes do while the replay store hangs, and when it answers at last?',
    means: {
      conforms: 'No replay got through while the store hung or afterwards.',
      violates: 'While the store hangs, or when it goes on, used assertions get in.',
    },
    onDemand: true,
  },
  'store.pause',
) satisfies Scenario
