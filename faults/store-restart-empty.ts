import type { Fault } from '../harness/model/fault.ts'
import { levered } from './levered.ts'

export const storeRestartEmpty: Fault = levered('store', 'restart-empty', {
  title: 'The store ends, and is started again with nothing in it',
  forgets: 'shared',
})
