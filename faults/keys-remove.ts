import type { Fault } from '../harness/model/fault.ts'
import { levered } from './levered.ts'

export const keysRemove: Fault = levered('keys', 'remove', {
  title: 'The key is no longer published',
  forgets: 'nothing',
})
