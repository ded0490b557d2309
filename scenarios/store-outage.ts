import type { Scenario } from '../harness/model/scenario.ts'
import { storeScenario } from './parts.ts'

/** The store refuses every connection of every node for some seconds, and has what it had afterwards. */
export default storeScenario(
  {
    name: 'store-outage',
    question:
      'What do the nodes do with used and with fresh assertions while the replay store is gone?',
    means: {
      conforms:
        'No replay got through while the store was gone or afterwards, and honest clients were served again.',
      violates:
        'Without their store the nodes let used assertions in, or tell honest clients that they are wrong.',
    },
  },
  'store.outage',
) satisfies Scenario
