import type { Fault } from '../harness/model/fault.ts'
import { levered } from './levered.ts'

export const storeFlush: Fault = levered('store', 'flush', {
  title: 'The store is emptied',
  forgets: 'shared',
})
