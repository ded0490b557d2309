/** A number that follows from what a scenario saw, beside its verdict: measured, and held against nobody. */
export interface Derived {
  readonly name:
    /** How long past its end, or before its beginning, a node takes an assertion, by its own clock. */
    | 'leeway-after-end'
    | 'leeway-before-start'
    /** The share of honest clients that a node refuses, by how far its clock is from the harness's. */
    | 'refused-by-skew'
    /** How long an assertion that was used is accepted again. */
    | 'replay-window'
    /** How many used assertions are remembered. */
    | 'memory-capacity'
    | 'new-key-after'
    | 'old-key-for'
    /** How long a token is good at a node after it was revoked. */
    | 'revoked-token-for'
    | 'fetches-per-junk'
  readonly node: string | null
  /** Where it was asked, in numbers that differ by that. */
  readonly endpoint?: string
  readonly unit: 's' | 'assertions' | 'fetches' | 'share'
  /** It is this at least, and at most; null where nothing bounds it. */
  readonly low: number | null
  readonly high: number | null
  /** How many presentations it stands on. */
  readonly of: number
  readonly points?: readonly DerivedPoint[]
}

export interface DerivedPoint {
  readonly x: number
  readonly events: number
  readonly trials: number
}
