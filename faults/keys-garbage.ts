import type { Fault } from '../harness/model/fault.ts'
import { levered } from './levered.ts'

export const keysGarbage: Fault = levered('keys', 'garbage', {
  title: 'What is published in place of keys cannot be read',
  forgets: 'nothing',
})
