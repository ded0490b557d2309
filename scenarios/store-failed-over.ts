import type { Scenario } from '../harness/model/scenario.ts'
import { forgettingScenario } from './forgetting.ts'

/** A replica takes over that had not heard of the last second. */
export default forgettingScenario(
  {
    name: 'store-failed-over',
    question:
      'How much can be replayed after a replica took over that lagged behind, and does it remember again?',
    means: {
      conforms:
        'What was lost with the memory could be used again, as anywhere; what was used afterwards is remembered. How much was lost is in the rates.',
      violates: 'After its memory was lost the target does not remember what is new, either.',
    },
  },
  'store.fail-over',
  { seconds: 0.6 },
) satisfies Scenario
