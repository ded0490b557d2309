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
