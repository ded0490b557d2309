import type { Fault } from '../harness/model/fault.ts'
import { levered } from './levered.ts'

export const storeFull: Fault = levered('store', 'full', {
  title: 'The store has no memory left for anything new',
  forgets: 'nothing',
})
