import type { Fault } from '../harness/model/fault.ts'
import { levered } from './levered.ts'

export const storeOutage: Fault = levered('store', 'outage', {
  title: 'The store refuses every connection, and has what it had afterwards',
  forgets: 'nothing',
})
