/** What can happen to a node. One that is started anew has forgotten what it alone knew. */
import type { Fault } from '../harness/model/fault.ts'
import { levered } from './levered.ts'

export const NODE_FAULTS: readonly Fault[] = [
  levered('node', 'kill', {
    title: 'A node ends without a farewell, and is started again afterwards',
    forgets: 'node',
  }),
  levered('node', 'pause', {
    title: 'A node does nothing for a while, and then goes on where it was',
    forgets: 'nothing',
  }),
]
