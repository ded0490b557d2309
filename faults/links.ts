/** What can be wrong with an edge between two parts of a target. None of it makes anybody forget anything. */
import type { Fault } from '../harness/model/fault.ts'
import { levered } from './levered.ts'

export const LINK_FAULTS: readonly Fault[] = [
  levered('link', 'cut', {
    title: 'Connections over an edge are reset, new ones too',
    forgets: 'nothing',
  }),
  levered('link', 'black-hole', {
    title: 'What is sent over an edge never arrives, and nobody is told',
    forgets: 'nothing',
  }),
  levered('link', 'one-way', {
    title: 'Questions come over an edge, and no answer comes back',
    forgets: 'nothing',
  }),
  levered('link', 'slow', {
    title: 'What is sent over an edge arrives later, by `seconds`',
    forgets: 'nothing',
  }),
]
