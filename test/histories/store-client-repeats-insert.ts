import type { FamousHistory } from './famous-history.ts'
import { use } from '../unit/oracle/uses.ts'

/**
 * The edge to the store breaks after the insert arrived and before its reply did. The store client sends the
 * insert again, meets its own entry, and the node takes a fresh assertion for a replay.
 */
export const storeClientRepeatsInsert: FamousHistory = {
  name: 'store-client-repeats-insert',
  uses: [
    use('only', [0, 1], 'rejected', { faultsInForce: ['link.cut node-1>store'] }),
    use('again', [20, 21], 'rejected'),
  ],
  says: { phantom: ['only', 'path', 'unprovoked'], owedAccept: 'only' },
}
