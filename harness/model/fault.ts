/** What breaks, and how it is mended. */
import type { Controls } from './controls.ts'
import type { Forgets } from './history.ts'
import type { Json } from './plan.ts'
import type { Site } from './target.ts'

export type { ClockControl, Controls, LinkControl, LoadControl } from './controls.ts'

/**
 * Something a scenario breaks. Inflicting returns its own mending, so that whoever inflicts can always mend.
 *
 * `inflict` must be undone by `mend` even when it was only half done.
 */
export interface Fault<Need extends keyof Controls = keyof Controls> {
  readonly name: string
  readonly title: string
  readonly needs: readonly Need[]
  readonly forgets: Forgets
  /** @param options What the window of the scenario says besides where and when. */
  inflict(
    on: string,
    controls: Pick<Controls, Need>,
    site: Site,
    options: Readonly<Record<string, Json>>,
  ): Promise<Inflicted>
}

export interface Inflicted {
  readonly rung: string
  /** Evidence that the fault is in force, or null if it could not be seen. */
  confirm(): Promise<Json | null>
  mend(): Promise<void>
  confirmMended(): Promise<Json | null>
}
