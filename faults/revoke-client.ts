import type { Fault } from '../harness/model/fault.ts'
import { levered } from './levered.ts'

export const revokeClient: Fault = levered('revoke', 'client', {
  title: 'A client is no longer allowed to authenticate',
  forgets: 'nothing',
})
