import type { Fault } from '../harness/model/fault.ts'
import { levered } from './levered.ts'

export const linkSlow: Fault = levered('link', 'slow', {
  title: 'What is sent over an edge arrives later, by `seconds`',
  forgets: 'nothing',
})
