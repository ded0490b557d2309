import type { FamousHistory } from './famous-history.ts'
import { use } from '../unit/oracle/uses.ts'

/**
 * A server that has honoured an assertion answers its copy with the very same token. One issuance, shown as such.
 */
export const answeredFromACache: FamousHistory = {
  name: 'answered-from-a-cache',
  uses: [
    use('first', [0, 1], 'accepted', { token: 'same' }),
    use('copy', [2, 3], 'accepted', { token: 'same' }),
  ],
  says: { accepted: ['first', 'copy'], owedAccept: 'first', sameToken: [['first', 'copy']] },
}
