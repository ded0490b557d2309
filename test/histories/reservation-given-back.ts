import type { FamousHistory } from './famous-history.ts'
import { use } from '../unit/oracle/uses.ts'

/**
 * A server reserves the identifier, fails at something else with a 503 and gives it back. In between it refuses a
 * copy, afterwards it accepts one. That is correct, whatever it looks like.
 */
export const reservationGivenBack: FamousHistory = {
  name: 'reservation-given-back',
  uses: [
    use('fails', [0, 10], 'failed'),
    use('refused', [1, 2], 'rejected'),
    use('accepted', [11, 12], 'accepted'),
  ],
  says: { accepted: ['accepted'], undecided: ['refused'], owedAccept: 'accepted' },
}
