/** What can happen to the store that nodes share. */
import type { Fault } from '../harness/model/fault.ts'
import { levered } from './levered.ts'

export const STORE_FAULTS: readonly Fault[] = [
  levered('store', 'outage', {
    title: 'The store refuses every connection, and has what it had afterwards',
    forgets: 'nothing',
  }),
  levered('store', 'pause', {
    title: 'The store takes what is asked and answers nothing for a while',
    forgets: 'nothing',
  }),
  levered('store', 'slow', {
    title: 'The store answers later, by `seconds`',
    forgets: 'nothing',
  }),
  levered('store', 'read-only', {
    title: 'The store can be asked, and takes nothing new',
    forgets: 'nothing',
  }),
  levered('store', 'full', {
    title: 'The store has no memory left for anything new',
    forgets: 'nothing',
  }),
  levered('store', 'flush', { title: 'The store is emptied', forgets: 'shared' }),
  levered('store', 'fill', {
    title: 'So many `keys` of somebody else’s come into the store',
    forgets: 'shared',
  }),
  levered('store', 'restart-empty', {
    title: 'The store ends, and is started again with nothing in it',
    forgets: 'shared',
  }),
  levered('store', 'fail-over', {
    title: 'A replica takes over that had not heard of the last things yet',
    forgets: 'shared',
  }),
]
