import type { Fault } from '../harness/model/fault.ts'
import { levered } from './levered.ts'

export const keysRotate: Fault = levered('keys', 'rotate', {
  title: 'Another key takes the place of the first',
  forgets: 'nothing',
})
