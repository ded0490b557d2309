/** All presentations of one credential once nothing more can come of them, and who they belong to. */
import type { Place } from './places.ts'
import type { Sighting } from './sighting.ts'
import type { Group } from './use.ts'

export interface Settlement {
  /** In the order in which they began. */
  readonly sightings: readonly Sighting[]
  /** What the ledger says of them; null for a credential that is presented once. */
  readonly group: Group<Sighting> | null
  readonly place: Place | null
}
