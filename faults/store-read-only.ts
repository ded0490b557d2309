import type { Fault } from '../harness/model/fault.ts'
import { levered } from './levered.ts'

export const storeReadOnly: Fault = levered('store', 'read-only', {
  title: 'The store can be asked, and takes nothing new',
  forgets: 'nothing',
})
