import type { FamousHistory } from './famous-history.ts'
import { use } from '../unit/oracle/uses.ts'

/**
 * Cut from the shared store, a node remembers for itself and says nothing. What was used before the cut is
 * honoured again behind it.
 */
export const partitionFallsBack: FamousHistory = {
  name: 'partition-falls-back',
  uses: [
    use('before', [0, 1], 'accepted'),
    use('behind the cut', [10, 11], 'accepted', {
      node: 'node-2',
      faultsInForce: ['link.cut node-2>store'],
    }),
    use('after', [30, 31], 'rejected', { node: 'node-2' }),
  ],
  says: {
    accepted: ['before', 'behind the cut'],
    doubles: [['before', 'behind the cut', 'code', 'during-fault']],
    owedAccept: 'before',
    owedRejects: ['behind the cut', 'after'],
  },
}
