import type { Fault } from '../harness/model/fault.ts'
import { levered } from './levered.ts'

export const keysSwap: Fault = levered('keys', 'swap', {
  title: 'Another key is published under the name of the first',
  forgets: 'nothing',
})
