import type { Fault } from '../harness/model/fault.ts'
import { levered } from './levered.ts'

export const linkOneWay: Fault = levered('link', 'one-way', {
  title: 'Questions come over an edge, and no answer comes back',
  forgets: 'nothing',
})
