/** All presentations of one credential once nothing more can come of them, and who they belong to. */
import type { Place } from './scenarios/places.ts'
import type { Exhibit } from './sighting.ts'
import type { Group } from './replay/use.ts'

export interface Settlement {
  /** In the order in which they began. */
  readonly sightings: readonly Exhibit[]
  /** What the ledger says of them; null for a credential that is presented once. */
  readonly group: Group<Exhibit> | null
  readonly place: Place | null
}

/** Whether any of it was asked because of earlier answers: it is no fair draw, and in no figure (oracle.md, section 5). */
export function isSearchedFor({ sightings }: Settlement): boolean {
  return sightings.some(({ searched }) => searched)
}
