/** What a user knows of a target beforehand: what fails and why, and what is not to be asked. */

/** A failure that is known, so that it fails no run; one that no longer happens fails it. */
export interface ExpectedFailure {
  /** Of a check, of one of its cases, of a scenario or of a property. */
  readonly id: string
  /** Usage and case of a check, such as `ca:absent`; all of them when absent. */
  readonly variant?: string
  readonly reason: string
  /** Where it is being mended. */
  readonly issue?: string
  /** A day, as YYYY-MM-DD, after which it is a failure like any other. */
  readonly expires?: string
}

/** What is not asked. */
export interface Skip {
  /** A glob over the names of checks, scenarios and properties. */
  readonly id: string
  readonly reason: string
}

export interface MetExpectation {
  readonly entry: ExpectedFailure
  /**
   * `failed` as expected; `stale` when all that it names was asked and none of it failed; `expired` when its day is over;
   * `undecided` where it was not asked, or nothing was proved.
   */
  readonly state: 'failed' | 'stale' | 'expired' | 'undecided'
}
