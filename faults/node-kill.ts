import type { Fault } from '../harness/model/fault.ts'
import { levered } from './levered.ts'

export const nodeKill: Fault = levered('node', 'kill', {
  title: 'A node ends without a farewell, and is started again afterwards',
  forgets: 'node',
})
