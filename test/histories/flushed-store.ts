import type { FamousHistory } from './famous-history.ts'
import { SECOND_US, use } from '../unit/oracle/uses.ts'

/**
 * The store is emptied between two uses. Any memory would have forgotten: false for the world, no fault of the
 * server. A third use straddles nothing.
 */
export const flushedStore: FamousHistory = {
  name: 'flushed-store',
  uses: [
    use('before', [0, 1], 'accepted'),
    use('after', [10, 11], 'accepted'),
    use('again', [20, 21], 'rejected'),
  ],
  options: { forgetting: (fromUs) => (fromUs < 5 * SECOND_US ? ['store.flush'] : []) },
  says: {
    accepted: ['before', 'after'],
    doubles: [['before', 'after', 'world', 'sequentially']],
    owedAccept: 'before',
    owedRejects: ['after', 'again'],
  },
}
