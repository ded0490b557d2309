import type { FamousHistory } from './famous-history.ts'
import { SECOND_US, use } from '../unit/oracle/uses.ts'

/**
 * Two nodes whose clocks are 2 s apart share a faultless memory. It ends by the clock ahead, and the node behind
 * still accepts: a second acceptance at the edge that no implementation could help.
 */
export const twoSecondsApart: FamousHistory = {
  name: 'two-seconds-apart',
  uses: [
    use('ahead', [296, 296.5], 'accepted'),
    use('behind', [298, 298.5], 'accepted', { node: 'node-2', deserved: 'either', cause: 'time' }),
  ],
  options: { earlyUs: () => 2 * SECOND_US },
  says: {
    accepted: ['ahead', 'behind'],
    doubles: [['ahead', 'behind', 'world', 'on-another-node']],
    owedAccept: 'ahead',
    owedRejects: ['behind'],
  },
}
