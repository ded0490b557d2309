import type { FamousHistory } from './famous-history.ts'
import { use } from '../unit/oracle/uses.ts'

/**
 * The reply to the first use is lost and the second is accepted: one acceptance was seen, so none was too many.
 */
export const lostReplyThenAccepted: FamousHistory = {
  name: 'lost-reply-then-accepted',
  uses: [
    use('first', [0, null], 'unanswered'),
    use('second', [2, 3], 'accepted'),
    use('third', [4, 5], 'rejected'),
  ],
  says: { accepted: ['second'], owedAccept: 'second', owedRejects: ['third'] },
}
