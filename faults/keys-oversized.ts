import type { Fault } from '../harness/model/fault.ts'
import { levered } from './levered.ts'

export const keysOversized: Fault = levered('keys', 'oversized', {
  title: 'What is published is longer than any set of keys',
  forgets: 'nothing',
})
