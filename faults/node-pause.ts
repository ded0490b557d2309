import type { Fault } from '../harness/model/fault.ts'
import { levered } from './levered.ts'

export const nodePause: Fault = levered('node', 'pause', {
  title: 'A node does nothing for a while, and then goes on where it was',
  forgets: 'nothing',
})
