/** What breaks, and how it is mended. */
import type { Controls, Inflicted } from './controls.ts'
import type { Forgets } from './history.ts'
import type { Json } from './plan.ts'
import type { Site } from './target.ts'

export type { ClockControl, Controls, Inflicted, Lever, LoadControl } from './controls.ts'

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
  /** What it does with a lever, so that it is known beforehand whether that can be done; absent where none is needed. */
  readonly act?: { readonly of: LeverName; readonly name: string }
  /** @param options What the window of the scenario says besides where and when. */
  inflict(
    on: string,
    controls: Pick<Controls, Need>,
    site: Site,
    options: Readonly<Record<string, Json>>,
  ): Promise<Inflicted>
}

/** The controls that are levers. */
export type LeverName = 'link' | 'node' | 'store' | 'keys' | 'revoke'
