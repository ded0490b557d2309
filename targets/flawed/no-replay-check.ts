import { known } from '../reference/asking.ts'
import type { Flaw } from './flaw.ts'

export const noReplayCheck: Flaw = {
  name: 'no-replay-check',
  title: 'The identifier of an assertion is never remembered',
  seenIn: 'the commonest of all',
  caughtBy: ['replay/accepted-sequentially'],
  may: [
    'replay/accepted-concurrently',
    'replay/accepted-on-another-node',
    'replay/accepted-during-fault',
    'replay/accepted-after-fault',
    'replay/fails-open',
  ],
  apply: (faultless) => ({ ...faultless, take: () => known('inserted') }),
}
