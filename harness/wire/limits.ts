/** What a wire is lent by whoever opens it. */
import type { Clock } from '../model/target.ts'

export interface Limits {
  /** From the first byte written (or from the release) to the last byte of the answer. */
  readonly answerMs: number
  /** Bytes of an answer's body, and again of its header. */
  readonly answerBytes: number
}

export interface Lent {
  readonly clock: Clock
  readonly limits: Limits
  /** Its number among the connections of the run. */
  readonly connection: number
  /** Told once it can be used no more. */
  readonly gone?: () => void
}
