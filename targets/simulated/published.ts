/** The keys that clients of a simulated system publish themselves: names in place of material, handed out in no time. */
import type { TargetFacts } from '../../harness/model/target.ts'
import { shelfOf, type Shelf } from '../levers/shelf.ts'
import { FETCH_SECONDS } from '../reference/jwks.ts'

/** A published key: the name it is known by, and whose it is. */
export interface NamedKey {
  readonly kid: string
  /** The key's own name; two are the same key where these are equal. */
  readonly key: string
}

export interface Published {
  /** By the name of the client, as levers know it. */
  readonly shelves: ReadonlyMap<string, Shelf<NamedKey>>
  /** How often anybody fetched anything. */
  readonly fetches: number
  /** Whether a client publishes its keys itself, by its id. */
  publishes(clientId: string): boolean
  /** What is had for one fetch; null where nothing comes that is a set of keys, or nothing in time. */
  fetch(clientId: string): readonly NamedKey[] | null
}

export function publishedIn({ principals }: Pick<TargetFacts, 'principals'>): Published {
  const rotating = principals.filter(({ roles }) => roles.includes('rotating'))
  const shelves = new Map<string, Shelf<NamedKey>>()
  const byId = new Map<string, Shelf<NamedKey>>()
  for (const { id, name, keys } of rotating) {
    const [current, next] = [undefined, 'next'].map((mark) => keys.find((key) => key.mark === mark))
    if (current === undefined || next === undefined) continue
    const shelf = shelfOf({
      current: { kid: current.kid, key: current.name },
      next: { kid: next.kid, key: next.name },
    })
    shelves.set(name, shelf)
    byId.set(id, shelf)
  }
  let fetches = 0
  return {
    shelves,
    get fetches() {
      return fetches
    },
    publishes: (clientId) => byId.has(clientId),
    fetch(clientId) {
      fetches += 1
      const shelf = byId.get(clientId)
      return shelf !== undefined && arrives(shelf) ? shelf.keys : null
    },
  }
}

function arrives({ manner }: Shelf<NamedKey>): boolean {
  return manner.kind === 'right' || (manner.kind === 'slow' && manner.seconds < FETCH_SECONDS)
}

/** Of nobody. */
export const NOTHING_PUBLISHED: Published = publishedIn({ principals: [] })
