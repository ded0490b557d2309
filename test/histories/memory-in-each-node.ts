import type { FamousHistory } from './famous-history.ts'
import { use } from '../unit/oracle/uses.ts'

/**
 * Each node remembers alone, so a replay is refused where the assertion was used and honoured everywhere else,
 * once.
 */
export const memoryInEachNode: FamousHistory = {
  name: 'memory-in-each-node',
  uses: [
    use('first', [0, 1], 'accepted'),
    use('there', [2, 3], 'rejected'),
    use('elsewhere', [4, 5], 'accepted', { node: 'node-2' }),
    use('elsewhere again', [6, 7], 'rejected', { node: 'node-2' }),
  ],
  says: {
    accepted: ['first', 'elsewhere'],
    doubles: [['first', 'elsewhere', 'code', 'on-another-node']],
    owedAccept: 'first',
    owedRejects: ['there', 'elsewhere', 'elsewhere again'],
  },
}
