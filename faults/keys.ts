/** What can happen to the keys that a client publishes, and to the place where it does. */
import type { Fault } from '../harness/model/fault.ts'
import { levered } from './levered.ts'

export const KEY_FAULTS: readonly Fault[] = [
  levered('keys', 'add', { title: 'A second key is published', forgets: 'nothing' }),
  levered('keys', 'remove', { title: 'The key is no longer published', forgets: 'nothing' }),
  levered('keys', 'rotate', {
    title: 'Another key takes the place of the first',
    forgets: 'nothing',
  }),
  levered('keys', 'swap', {
    title: 'Another key is published under the name of the first',
    forgets: 'nothing',
  }),
  levered('keys', 'outage', { title: 'The published keys cannot be fetched', forgets: 'nothing' }),
  levered('keys', 'garbage', {
    title: 'What is published in place of keys cannot be read',
    forgets: 'nothing',
  }),
  levered('keys', 'oversized', {
    title: 'What is published is longer than any set of keys',
    forgets: 'nothing',
  }),
  levered('keys', 'slow', {
    title: 'The published keys take `seconds` to be fetched',
    forgets: 'nothing',
  }),
]
