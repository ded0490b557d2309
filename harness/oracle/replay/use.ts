/** One presentation of a replay key, as the ledger sees it, and what the ledger says of all presentations of that key. */
import type { Deserved, Outcome } from '../../model/verdict.ts'
import type { OffsetUs } from '../time/offset-line.ts'

/** One presentation, already classified. Times are on the harness's clock, in microseconds. */
export interface Use {
  /** Unique in the run, attempts told apart. */
  readonly step: string
  readonly principal: string
  /** Whom the credential names as its issuer; who presents it, where it names nobody. */
  readonly party: string
  readonly node: string | null
  readonly endpoint: string
  readonly part: string
  /** Null when nothing was written. */
  readonly begunUs: number | null
  /** Null when no answer came; the target may then have acted at any time since `begunUs`. */
  readonly answeredUs: number | null
  /** Made `failed` of an acceptance whose token was tried and did not work (trials.ts). */
  outcome: Outcome
  /** What it deserves apart from replay. */
  readonly deserved: Deserved
  /** The rule that decided `deserved`, such as `authentic`, `algorithm`, `time` or `audience`. */
  readonly cause: string
  readonly authentic: boolean
  readonly expUs: number | null
  readonly nbfUs: number | null
  readonly iatUs: number | null
  /** The tag of the token that came back. */
  readonly token: string | null
  /** Of a token that was tried, the step that had brought it; null of anything else. */
  readonly tried: string | null
  /** How far its node's clock was from the harness's between `begunUs` and `answeredUs`. */
  readonly offset: OffsetUs
  /** The faults that were being inflicted, in force or being mended at some time between `begunUs` and `answeredUs`. */
  readonly faultsInForce: readonly string[]
}

export type Manner =
  | 'sequentially'
  | 'concurrently'
  | 'on-another-node'
  | 'at-another-endpoint'
  | 'during-fault'
  | 'after-fault'

/** An acceptance too many: false for the world, and by the code's frame from a certain leeway on. */
export interface DoubleAccept<U extends Use = Use> {
  /** The first acceptance of the key. */
  readonly first: U
  readonly second: U
  /**
   * The leeway that the target must be known to grant for no right memory to have ended between `partner` and the second
   * (see doubles.ts). A negative one convicts whatever the leeway, an infinite one never does.
   */
  readonly needsUs: number
  /** The acceptance that the second contradicts then; null where none does. */
  readonly partner: U | null
  /** The faults that forget between the first acceptance and the second. */
  readonly straddles: readonly string[]
}

/** A refusal as if used before, of what nobody can have used before. */
export interface Phantom<U extends Use = Use> {
  readonly use: U
  /** Nothing but the implementation can have caused it. */
  readonly implementation: boolean
  /** A copy that was not signed by the issuer's key may have come before it. */
  readonly afterForgery: boolean
}

/** What all presentations of one replay key prove. */
export interface Group<U extends Use = Use> {
  readonly key: string
  /** In the order in which they began. */
  readonly uses: readonly U[]
  /** Those accepted that did not deserve rejection for reasons of their own, in the order in which they began. */
  readonly accepted: readonly U[]
  readonly doubles: readonly DoubleAccept<U>[]
  readonly phantom: Phantom<U> | null
  /** Refusals that only an unknown can explain and, if nothing was accepted, the unknowns themselves. In no rate. */
  readonly undecided: readonly U[]
  /**
   * Acceptances that returned the identical token, which no other key was known to have brought: one issuance, by its
   * first answer and each later one. They do not show that the key was remembered.
   */
  readonly sameToken: readonly (readonly [U, U])[]
}

/** When it can have been judged at the earliest. */
export function begunOf(use: Pick<Use, 'begunUs'>): number {
  return use.begunUs ?? -Infinity
}

/** When it must have been judged at the latest, infinity if no answer says so. */
export function answeredOf(use: Pick<Use, 'answeredUs'>): number {
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

/** How the second of two acceptances came after, or beside, the first. */
export function mannerOf(first: Use, second: Use): Manner {
  if (begunOf(second) <= answeredOf(first) && begunOf(first) <= answeredOf(second))
    return 'concurrently'
  if (second.faultsInForce.length > 0) return 'during-fault'
  const another = first.node !== null && second.node !== null && first.node !== second.node
  if (another) return first.faultsInForce.length > 0 ? 'after-fault' : 'on-another-node'
  return first.endpoint === second.endpoint ? 'sequentially' : 'at-another-endpoint'
}

function compare<Value extends number | string>(a: Value, b: Value): number {
  if (a < b) return -1
  return a > b ? 1 : 0
}
