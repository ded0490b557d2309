import type { Scenario } from '../harness/model/scenario.ts'
import { forgettingScenario } from './forgetting.ts'

/** Other people’s keys push ours out of the store. */
export default forgettingScenario(
  {
    name: 'store-crowded-out',
    question:
      'How much can be replayed after other keys crowded ours out of the store, and does it remember again?',
    means: {
      conforms:
        'What was lost with the memory could be used again, as anywhere; what was used afterwards is remembered. How much was lost is in the rates.',
      violates: 'After its memory was lost the target does not remember what is new, either.',
    },
  },
  'store.fill',
  { keys: 2000 },
) satisfies Scenario
