import type { Fault } from '../harness/model/fault.ts'
import { levered } from './levered.ts'

export const storePause: Fault = levered('store', 'pause', {
  title: 'The store takes what is asked and answers nothing for a while',
  forgets: 'nothing',
})
