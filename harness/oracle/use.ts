/** One presentation of a replay key, as the ledger sees it, and what the ledger says of all presentations of that key. */
import type { Deserved, Outcome } from '../model/verdict.ts'
import type { OffsetUs } from './clocks.ts'

/** One presentation, already classified. Times are on the harness's clock, in microseconds. */
export interface Use {
  readonly step: string
  readonly caseId: string
  readonly scenario: string
  readonly node: string | null
  readonly part: string
  /** Null when nothing was written. */
  readonly begunUs: number | null
  /** Null when no answer came; the target may then have acted at any time since `begunUs`. */
  readonly answeredUs: number | null
  readonly outcome: Outcome
  /** What it deserves apart from replay. */
  readonly deserved: Deserved
  /** The rule that decided `deserved`, such as `authentic`, `algorithm`, `time` or `audience`. */
  readonly cause: string
  readonly authentic: boolean
  readonly expUs: number | null
  /** The tag of the token that came back. */
  readonly token: string | null
  /** No later use of its key is seen. */
  readonly last: boolean
  /** How far its node's clock was from the harness's between `begunUs` and `answeredUs`. */
  readonly offset: OffsetUs
  /** The faults that were being inflicted, in force or being mended at some time between `begunUs` and `answeredUs`. */
  readonly faultsInForce: readonly string[]
}

export type Manner = 'sequentially' | 'concurrently' | 'on-another-node' | 'during-fault'

/** An acceptance too many. */
export interface DoubleAccept {
  readonly first: Use
  readonly second: Use
  /** `code`: false in both frames, it convicts. `world`: false for the world alone, explained by clocks or lost memory. */
  readonly frame: 'code' | 'world'
  readonly manner: Manner
  /** The faults that forget between the two. */
  readonly straddles: readonly string[]
}

/** A refusal as if used before, of what nobody can have used before. */
export interface Phantom {
  readonly use: Use
  /** Nothing but the implementation can have caused it. */
  readonly implementation: boolean
  /** A copy that was not signed by the issuer's key may have come before it. */
  readonly afterForgery: boolean
}

/** What all presentations of one replay key prove. */
export interface Group {
  readonly key: string
  /** In the order in which they began. */
  readonly uses: readonly Use[]
  /** Those accepted that did not deserve rejection for reasons of their own, in the order in which they began. */
  readonly accepted: readonly Use[]
  readonly doubles: readonly DoubleAccept[]
  readonly phantom: Phantom | null
  /** Refusals that only an unknown can explain and, if nothing was accepted, the unknowns themselves. In no rate. */
  readonly undecided: readonly Use[]
  /** The one acceptance owed, if any; it was refused exactly if it is the phantom's. */
  readonly owedAccept: Use | null
  /** Every use that was owed a rejection; those that are second in `doubles` are the false accepts. */
  readonly owedRejects: readonly Use[]
  /**
   * Acceptances that returned the identical token, which no other key was known to have brought: one issuance, by its
   * first answer and each later one. They do not show that the key was remembered.
   */
  readonly sameToken: readonly (readonly [Use, Use])[]
}

/** When it can have been judged at the earliest. */
export function begunOf(use: Use): number {
  return use.begunUs ?? -Infinity
}

/** When it must have been judged at the latest, infinity if no answer says so. */
export function answeredOf(use: Use): number {
  return use.answeredUs ?? Infinity
}

/** The order within a group: by beginning; ties are broken by facts, so that the order of arrival changes nothing. */
export function byBegun(a: Use, b: Use): number {
  return (
    compare(begunOf(a), begunOf(b)) ||
    compare(answeredOf(a), answeredOf(b)) ||
    compare(a.step, b.step) ||
    compare(a.part, b.part) ||
    compare(a.outcome, b.outcome)
  )
}

function compare<Value extends number | string>(a: Value, b: Value): number {
  if (a < b) return -1
  return a > b ? 1 : 0
}
