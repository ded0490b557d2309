/** What a client publishes of its keys, and everything that may go wrong with that; whoever hands it out. */
import { numberIn, type Options } from './lever.ts'

/** The public keys of one party. */
export interface PublishedParty<Key> {
  readonly current: Key
  /** Not published until it is added. */
  readonly next: Key
}

/** How they are handed out: rightly, or not. */
export type Manner =
  | { readonly kind: 'right' | 'failing' | 'garbage' | 'oversized' }
  | { readonly kind: 'slow'; readonly seconds: number }

export interface Shelf<Key> {
  readonly party: PublishedParty<Key>
  keys: readonly Key[]
  manner: Manner
}

/** One key under the name of another. */
type Renamed<Key> = (key: Key, like: Key) => Key

export function shelfOf<Key>(party: PublishedParty<Key>): Shelf<Key> {
  return { party, ...wholeOf(party) }
}

/** As it is while nothing is wrong. */
export function wholeOf<Key>({
  current,
}: PublishedParty<Key>): Pick<Shelf<Key>, 'keys' | 'manner'> {
  return { keys: [current], manner: { kind: 'right' } }
}

export const KEY_ACTS: ReadonlySet<string> = new Set([
  'add',
  'remove',
  'rotate',
  'swap',
  'outage',
  'garbage',
  'oversized',
  'slow',
])

/** What is published instead, or how; nothing else where there is no act of that name. */
export function changeOf<Key>(
  act: string,
  { current, next }: PublishedParty<Key>,
  options: Options,
  renamed: Renamed<Key>,
): Partial<Pick<Shelf<Key>, 'keys' | 'manner'>> {
  switch (act) {
    case 'add':
      return { keys: [current, next] }
    case 'remove':
      return { keys: [] }
    case 'rotate':
      return { keys: [next] }
    case 'swap':
      return { keys: [renamed(next, current)] }
    case 'outage':
      return { manner: { kind: 'failing' } }
    case 'garbage':
    case 'oversized':
      return { manner: { kind: act } }
    case 'slow':
      return { manner: { kind: 'slow', seconds: numberIn(options, 'seconds') } }
    default:
      return {}
  }
}
