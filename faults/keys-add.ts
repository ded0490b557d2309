import type { Fault } from '../harness/model/fault.ts'
import { levered } from './levered.ts'

export const keysAdd: Fault = levered('keys', 'add', {
  title: 'A second key is published',
  forgets: 'nothing',
})
