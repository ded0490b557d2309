import type { Scenario } from '../harness/model/scenario.ts'
import { storeScenario } from './parts.ts'

/** The store answers later than the nodes wait. */
export default storeScenario(
  {
    name: 'store-slow',
    question: 'What do the nodes do while the replay store is slower than they are patient?',
    means: {
      conforms: 'No replay got through while the store was slow.',
      violates: 'A store that is only slow lets used assertions in.',
    },
    onDemand: true,
  },
  'store.slow',
  { seconds: 0.8 },
) satisfies Scenario
