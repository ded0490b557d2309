import type { Fault } from '../harness/model/fault.ts'
import { levered } from './levered.ts'

export const keysSlow: Fault = levered('keys', 'slow', {
  title: 'The published keys take `seconds` to be fetched',
  forgets: 'nothing',
})
