import type { FamousHistory } from './famous-history.ts'
import { use } from '../unit/oracle/uses.ts'

/**
 * A service mesh sends a POST again after a 503. The server honoured the first copy and refuses the second; the
 * client sees an assertion refused that it presented once. False for the client, but not shown to be the server's
 * doing.
 */
export const meshRepeatsRequest: FamousHistory = {
  name: 'mesh-repeats-request',
  uses: [use('only', [0, 1], 'rejected')],
  options: { path: () => 'unknown' },
  says: { phantom: ['only', 'path', 'unprovoked'], owedAccept: 'only' },
}
