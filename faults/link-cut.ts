import type { Fault } from '../harness/model/fault.ts'
import { levered } from './levered.ts'

export const linkCut: Fault = levered('link', 'cut', {
  title: 'Connections over an edge are reset, new ones too',
  forgets: 'nothing',
})
