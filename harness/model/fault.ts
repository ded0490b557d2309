/** What breaks, and the levers it is broken with. */
import type { Json } from './plan.ts'
import type { Forgets } from './history.ts'
import type { Site } from './target.ts'

/** One edge of the target, such as `node-2>store` or `client>node-1`, that can be cut. */
export interface LinkControl {
  readonly rung: string
  readonly edges: readonly string[]
  cut(edge: string): Promise<void>
  mend(edge: string): Promise<void>
  /** Tries the edge as its user would. `reached` says whether anything came through to the other end. */
  probe(edge: string): Promise<{ readonly reached: boolean; readonly attempts: number; readonly bytes: number }>
}

/** A node's clock. Setting is not knowing: the offset is measured by the session's clock source afterwards. */
export interface ClockControl {
  readonly rung: string
  setOffset(node: string, offsetUs: number): Promise<void>
}

/** The levers a target may offer; a scenario that needs a missing one is unsupported, never passed. */
export interface Controls {
  readonly link: LinkControl
  readonly clock: ClockControl
  readonly node: unknown
  readonly store: unknown
  readonly keys: unknown
  readonly revoke: unknown
  readonly tokens: unknown
}

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
  inflict(on: string, controls: Pick<Controls, Need>, site: Site): Promise<Inflicted>
}

export interface Inflicted {
  readonly rung: string
  /** Evidence that the fault is in force, or null if it could not be seen. */
  confirm(): Promise<Json | null>
  mend(): Promise<void>
  confirmMended(): Promise<Json | null>
}
