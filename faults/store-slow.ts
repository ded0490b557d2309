import type { Fault } from '../harness/model/fault.ts'
import { levered } from './levered.ts'

export const storeSlow: Fault = levered('store', 'slow', {
  title: 'The store answers later, by `seconds`',
  forgets: 'nothing',
})
