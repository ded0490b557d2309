import type { Scenario } from '../harness/model/scenario.ts'
import { partitionScenario } from './parts.ts'

/** One node reaches the store and the answers do not reach it: what it asked to be kept is kept. */
export default partitionScenario(
  {
    name: 'partitioned-one-way',
    question: 'What does a node do while the store hears it, and it does not hear the store?',
    means: {
      conforms:
        'No replay got through, and what was spent without a word was told to nobody as a mistake of theirs.',
      violates: 'A node that hears no answer of its store lets used assertions in.',
    },
    onDemand: true,
  },
  [{ fault: 'link.one-way', on: 'node-2>store', startSeconds: 1.9, endSeconds: 5.2 }],
) satisfies Scenario
