/**
 * Work that may have to ask the replay store on its way, as a generator: it yields each question and is handed what the
 * store said. A live node answers from a socket, a simulated one from its queue of events, and neither has code of its own
 * for what is asked, when and why.
 */
import type { Taken } from './decide.ts'
import type { StoreReply, StoreRequest } from './store-protocol.ts'

/** Times are on the wall clock, in milliseconds; 0 where the operation has none. */
export type Question = Pick<StoreRequest, 'op' | 'key' | 'keepUntilMs'>

/** `unavailable` when the store did not answer in time. */
export type Said = StoreReply['said'] | 'unavailable'

export type Asking<T> = Generator<Question, T, Said>

/** What is known without asking. */
// oxlint-disable-next-line require-yield -- it asks nothing, in the form of what does
export function* known<T>(value: T): Asking<T> {
  return value
}

/** Insert if absent, in one act. */
export function* insert(key: string, keepUntilMs: number): Asking<Taken> {
  const said = yield { op: 'insert', key, keepUntilMs }
  return said === 'inserted' || said === 'present' ? said : 'unavailable'
}

export function* find(key: string): Asking<'present' | 'absent' | 'unavailable'> {
  const said = yield { op: 'find', key, keepUntilMs: 0 }
  return said === 'present' || said === 'absent' ? said : 'unavailable'
}

/** Overwrites what is there. */
export function* save(key: string, keepUntilMs: number): Asking<'saved' | 'unavailable'> {
  const said = yield { op: 'save', key, keepUntilMs }
  return said === 'saved' ? said : 'unavailable'
}

export function* release(key: string): Asking<'released' | 'unavailable'> {
  const said = yield { op: 'release', key, keepUntilMs: 0 }
  return said === 'released' ? said : 'unavailable'
}

/**
 * Whether a client may ask once more after a lost answer. Released twice, a key may be taken from somebody who reserved it
 * in between.
 */
export function mayRepeat({ op }: Pick<Question, 'op'>): boolean {
  return op !== 'release'
}
