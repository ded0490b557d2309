/** The levers that a target may offer to whoever breaks something. */

/** One edge of the target, such as `node-2>store` or `client>node-1`, that can be cut. */
export interface LinkControl {
  readonly rung: string
  readonly edges: readonly string[]
  cut(edge: string): Promise<void>
  mend(edge: string): Promise<void>
  /** Tries the edge as its user would. `reached` says whether anything came through to the other end. */
  probe(
    edge: string,
  ): Promise<{ readonly reached: boolean; readonly attempts: number; readonly bytes: number }>
}

/** The clocks of nodes. Setting is not knowing: what was set is measured afterwards, by that very clock. */
export interface ClockControl {
  readonly rung: string
  setOffset(node: string, offsetUs: number): Promise<void>
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
  readonly link: LinkControl
  readonly clock: ClockControl
  /** The harness's own lever, at targets that it may press. */
  readonly load: LoadControl
  readonly node: unknown
  readonly store: unknown
  readonly keys: unknown
  readonly revoke: unknown
  readonly tokens: unknown
}
