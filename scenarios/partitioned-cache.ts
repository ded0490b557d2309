import type { Scenario } from '../harness/model/scenario.ts'
import { partitionScenario } from './parts.ts'

/** One node loses the replay store for some seconds, between the two halves of over fifty replays. */
export default partitionScenario(
  {
    name: 'partitioned-cache',
    question: 'What does a node do with a used assertion while it cannot reach the replay store?',
    means: {
      conforms:
        'No replay got through while the node was cut off or afterwards, and honest clients were served again.',
      violates:
        'A node that cannot ask whether an assertion was used lets it in, remembers it for itself alone, or tells honest clients that they are wrong.',
    },
  },
  [{ fault: 'link.cut', on: 'node-2>store', startSeconds: 1.9, endSeconds: 5.2 }],
) satisfies Scenario
