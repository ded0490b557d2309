import type { FamousHistory } from './famous-history.ts'
import { FORGED, use } from '../unit/oracle/uses.ts'

/**
 * The identifier is recorded before the signature is checked. A stranger who saw or guessed it has the genuine
 * assertion refused.
 */
export const burnedByForgery: FamousHistory = {
  name: 'burned-by-forgery',
  uses: [use('forged', [0, 1], 'rejected', FORGED), use('genuine', [2, 3], 'rejected')],
  says: { phantom: ['genuine', 'implementation', 'after forgery'], owedAccept: 'genuine' },
}
