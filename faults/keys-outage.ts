import type { Fault } from '../harness/model/fault.ts'
import { levered } from './levered.ts'

export const keysOutage: Fault = levered('keys', 'outage', {
  title: 'The published keys cannot be fetched',
  forgets: 'nothing',
})
