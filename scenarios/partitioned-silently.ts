import type { Scenario } from '../harness/model/scenario.ts'
import { partitionScenario } from './parts.ts'

/** One node asks the store and hears nothing, as behind a firewall that drops what it does not like. */
export default partitionScenario(
  {
    name: 'partitioned-silently',
    question: 'What does a node do while what it asks the replay store is lost without a word?',
    means: {
      conforms: 'No replay got through while the node heard nothing, or afterwards.',
      violates: 'A node that hears nothing of its store lets used assertions in.',
    },
    onDemand: true,
  },
  [{ fault: 'link.black-hole', on: 'node-2>store', startSeconds: 1.9, endSeconds: 5.2 }],
) satisfies Scenario
