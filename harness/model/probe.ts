/** What a target was found to enforce: measured, and judged by nobody. */
import type { Usage } from './plan.ts'
import type { Policy } from './policy.ts'
import type { Outcome } from './verdict.ts'

/** In seconds; an end that was not found is null. */
export interface Interval {
  readonly low: number | null
  readonly high: number | null
}

export interface ClockFound {
  readonly node: string
  readonly source: string
  /** How far it is ahead of the harness's clock. */
  readonly offsetSeconds: Interval
}

/** Where a node stops accepting what lies past an edge in time. */
export interface EdgeFound {
  readonly claim: 'exp' | 'nbf' | 'iat'
  readonly node: string | null
  /** How far past the edge, by the harness's clock: the last acceptance and the first refusal. Negative is this side of it. */
  readonly edgeSeconds: Interval
  /** The same by the node's own clock; null where nobody knows that. */
  readonly leewaySeconds: Interval | null
  /** An acceptance was seen further out than a refusal: several clocks answer, or something else decides. */
  readonly unsteady: boolean
}

/** One request and what became of it. */
export interface Trial {
  readonly name: string
  readonly outcome: Outcome
  readonly status: number | null
  readonly code: string | null
}

/** The largest that was accepted and the smallest that was not; null where there was none. */
export interface Limit {
  readonly accepted: number | null
  readonly refused: number | null
}

export interface LifetimeFound extends Limit {
  /** Whether the limit counts from `iat` on; null where none was found, or where it cannot be told. */
  readonly fromIssue: boolean | null
}

export interface MemoryFound {
  readonly again: readonly Trial[]
  /**
   * How many used assertions are still refused after that many others: at least `accepted`, fewer than `refused`. Null
   * where replays are accepted anyway.
   */
  readonly capacity: Limit | null
  /** After which time a used assertion was accepted again; null where nobody waited. */
  readonly window: ReplayWindow | null
}

/** Seconds from the first use. */
export interface ReplayWindow {
  readonly lifetimeSeconds: number
  readonly refusedUntil: number | null
  readonly acceptedAgain: number | null
  readonly endedAfter: number
}

export interface UsageFound {
  readonly usage: Usage
  readonly control: Trial
  readonly edges: readonly EdgeFound[]
  readonly lifetime: LifetimeFound | null
  readonly audiences: readonly Trial[]
  readonly algorithms: readonly Trial[]
  readonly types: readonly Trial[]
  readonly identifiers: { readonly absent: Trial; readonly longest: Limit } | null
  readonly memory: MemoryFound | null
  readonly errors: readonly Trial[]
}

export interface ProbeReport {
  readonly format: 1
  readonly target: string
  readonly profile: string
  readonly seed: string
  readonly seconds: number
  readonly requests: number
  readonly clocks: readonly ClockFound[]
  readonly usages: readonly UsageFound[]
  /** What of it a target file may say, under the profile. */
  readonly policy: Partial<Policy>
  /** What was measured and would relax the profile, in words. */
  readonly wider: readonly string[]
  readonly notes: readonly string[]
}
