import type { FamousHistory } from './famous-history.ts'
import { use } from '../unit/oracle/uses.ts'

/**
 * A node stalls with the first copy in hand. The second copy is used meanwhile and rightly forgotten at exp; then
 * the stalled node, whose clock is behind, honours the first. The second was answered long before exp, and still
 * nobody did wrong.
 */
export const heldUpPastExp: FamousHistory = {
  name: 'held-up-past-exp',
  uses: [
    use('stalled', [0, 310], 'accepted', { deserved: 'either', cause: 'time' }),
    use('quick', [1, 2], 'accepted', { node: 'node-2' }),
  ],
  says: {
    accepted: ['stalled', 'quick'],
    doubles: [['stalled', 'quick', 'world', 'concurrently']],
    owedAccept: 'stalled',
    owedRejects: ['quick'],
  },
}
