import type { Fault } from '../harness/model/fault.ts'
import { levered } from './levered.ts'

export const storeFill: Fault = levered('store', 'fill', {
  title: 'So many `keys` of somebody else’s come into the store',
  forgets: 'shared',
})
