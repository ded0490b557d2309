/** The levers that a target may offer to whoever breaks something. */
import type { Json } from './plan.ts'

/** What was done to a target, and how it is undone. */
export interface Inflicted {
  readonly rung: string
  /** Evidence that the fault is in force, or null if it could not be seen. */
  confirm(): Promise<Json | null>
  mend(): Promise<void>
  confirmMended(): Promise<Json | null>
}

/**
 * What breaks parts of a target in ways that have names: `cut` at the edge `node-2>store`, `kill` at `node-1`. Doing is not
 * knowing: whatever was done is looked for afterwards, by its effect.
 */
export interface Lever {
  /** What an act at a place would be done with; null where it cannot be done. */
  rung(act: string, on: string): string | null
  /** Why it cannot be done there, and what would change that, as far as it is known. */
  lacks?(act: string, on: string): string | null
  /**
   * What it returns undoes the act even where it was done by half. An act that failed shows in `confirm`, which rejects.
   *
   * @param options What the window of the scenario says besides where and when.
   */
  inflict(act: string, on: string, options: Readonly<Record<string, Json>>): Promise<Inflicted>
}

/** The clocks of nodes. Setting is not knowing: what was set is measured afterwards, by that very clock. */
export interface ClockControl {
  readonly rung: string
  setOffset(node: string, offsetUs: number): Promise<void>
  /** How fast it moves away from the time, in millionths, from where it is now on; 0 leaves it where it has come to. */
  setDrift(node: string, ppm: number): Promise<void>
  /** How far the clock is from the harness's now. Rejects when it cannot be read. */
  measure(node: string): Promise<{ readonly lowUs: number; readonly highUs: number }>
}

/** Background requests, each with a credential of its own, sent as fast as they are answered and judged by nobody. */
export interface LoadControl {
  readonly rung: string
  /** Resolves once all credentials are made and the first requests are on their way. */
  start(node: string, load: Load): Promise<RunningLoad>
}

/** Bounds of a load: it ends at whichever is reached first, or when it is stopped. */
export interface Load {
  readonly perSecond: number
  readonly connections: number
  readonly most: number
}

export interface RunningLoad {
  counts(): { readonly answered: number; readonly errors: number }
  /** Resolves when nothing of it is in flight any more. */
  stop(): Promise<void>
}

/** The levers a target may offer; a scenario that needs a missing one is unsupported, never passed. */
export interface Controls {
  /** Edges, such as `node-2>store` or `client>node-1`. */
  readonly link: Lever
  readonly clock: ClockControl
  /** The harness's own lever, at targets that it may press. */
  readonly load: LoadControl
  readonly node: Lever
  /** What nodes share; its place is `store`. */
  readonly store: Lever
  /** The public keys of clients, where the harness serves them; places are names of clients. */
  readonly keys: Lever
  readonly revoke: Lever
}
