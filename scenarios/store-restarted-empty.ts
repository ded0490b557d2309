import type { Scenario } from '../harness/model/scenario.ts'
import { forgettingScenario } from './forgetting.ts'

/** The store ends and comes back with nothing in it. */
export default forgettingScenario(
  {
    name: 'store-restarted-empty',
    question:
      'How much can be replayed after the replay store was restarted without its memory, and does it remember again?',
    means: {
      conforms:
        'What was lost with the memory could be used again, as anywhere; what was used afterwards is remembered. How much was lost is in the rates.',
      violates: 'After its memory was lost the target does not remember what is new, either.',
    },
  },
  'store.restart-empty',
) satisfies Scenario
