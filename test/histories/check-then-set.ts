import type { FamousHistory } from './famous-history.ts'
import { use } from '../unit/oracle/uses.ts'

/**
 * A server looks the identifier up, waits for its store and only then saves it: of five copies released together
 * three find nothing. In turn it refuses replays.
 */
export const checkThenSet: FamousHistory = {
  name: 'check-then-set',
  uses: [
    use('one', [0, 0.04], 'accepted', { token: 'a' }),
    use('two', [0.001, 0.05], 'accepted', { token: 'b' }),
    use('three', [0.002, 0.05], 'rejected'),
    use('four', [0.003, 0.06], 'accepted', { token: 'c' }),
    use('in turn', [1, 1.01], 'rejected'),
  ],
  says: {
    accepted: ['one', 'two', 'four'],
    doubles: [
      ['one', 'two', 'code', 'concurrently'],
      ['one', 'four', 'code', 'concurrently'],
    ],
    owedAccept: 'one',
    owedRejects: ['two', 'three', 'four', 'in turn'],
  },
}
