import type { Fault } from '../harness/model/fault.ts'
import { levered } from './levered.ts'

export const linkBlackHole: Fault = levered('link', 'black-hole', {
  title: 'What is sent over an edge never arrives, and nobody is told',
  forgets: 'nothing',
})
