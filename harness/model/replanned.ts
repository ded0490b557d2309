/** What a recorded run would ask if it were planned again and given the same answers. */
export interface Replanned {
  /** Every round, or part of one, that the history has. */
  readonly rounds: readonly {
    readonly scenario: string
    readonly round: number
    readonly steps: number
    readonly same: boolean
  }[]
  /** The first one of each scenario: what follows from it is another plan anyway. */
  readonly differences: readonly {
    readonly scenario: string
    readonly round: number
    readonly how: string
  }[]
  /** Whether the history has its end. */
  readonly whole: boolean
}
