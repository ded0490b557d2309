import type { Scenario } from '../harness/model/scenario.ts'
import { partitionScenario } from './parts.ts'

/** All nodes lose the replay store at once, and each other. */
export default partitionScenario(
  {
    name: 'partitioned-wholly',
    question:
      'What do all nodes do with used assertions while none of them reaches the replay store?',
    means: {
      conforms:
        'No replay got through, at any node, while the store was out of reach or afterwards.',
      violates: 'Nodes without their store let used assertions in.',
    },
    nodes: 3,
    onDemand: true,
  },
  ['node-1', 'node-2', 'node-3'].map((node) => ({
    fault: 'link.cut',
    on: `${node}>store`,
    startSeconds: 1.9,
    endSeconds: 5.2,
  })),
) satisfies Scenario
