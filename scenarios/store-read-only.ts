import type { Scenario } from '../harness/model/scenario.ts'
import { storeScenario } from './parts.ts'

/** The store can be asked and takes nothing new, as a replica does that is written to by mistake. */
export default storeScenario(
  {
    name: 'store-read-only',
    question: 'What do the nodes do while the replay store takes nothing new?',
    means: {
      conforms: 'No replay got through while the store took nothing new.',
      violates: 'A store that takes nothing new lets assertions in that it cannot remember.',
    },
    onDemand: true,
  },
  'store.read-only',
) satisfies Scenario
