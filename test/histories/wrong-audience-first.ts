import type { FamousHistory } from './famous-history.ts'
import { use } from '../unit/oracle/uses.ts'

/**
 * An assertion for another audience was refused, and then one for the right audience with the same identifier.
 * Only the issuer itself can have made both, and it must not (RFC 7519 §4.1.7): no conviction.
 */
export const wrongAudienceFirst: FamousHistory = {
  name: 'wrong-audience-first',
  uses: [
    use('wrong audience', [0, 1], 'rejected', { deserved: 'reject', cause: 'audience' }),
    use('right audience', [2, 3], 'rejected'),
  ],
  says: { undecided: ['right audience'] },
}
