import type { Fault } from '../harness/model/fault.ts'
import { levered } from './levered.ts'

export const storeFailOver: Fault = levered('store', 'fail-over', {
  title: 'A replica takes over that had not heard of the last things yet',
  forgets: 'shared',
})
