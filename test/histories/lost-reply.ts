import type { FamousHistory } from './famous-history.ts'
import { use } from '../unit/oracle/uses.ts'

/**
 * The reply to the first use is lost. Whether it was honoured nobody can tell, so neither the refusal of the
 * second use nor its acceptance proves anything.
 */
export const lostReply: FamousHistory = {
  name: 'lost-reply',
  uses: [use('first', [0, null], 'unanswered'), use('second', [2, 3], 'rejected')],
  says: { undecided: ['first', 'second'] },
}
