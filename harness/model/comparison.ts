/** What became worse from one record to another. */
import type { Rate } from './record.ts'
import type { CheckLevel, Verdict } from './verdict.ts'

/** What a rate was in one record. */
export type Proportion = Pick<
  Rate,
  'events' | 'trials' | 'effective' | 'low' | 'high' | 'coverage' | 'unit'
>

export type RateName = Pick<Rate, 'metric' | 'frame' | 'scenario' | 'attack' | 'phase' | 'node'>

/** One rate that both records have. */
export interface RateChange extends RateName {
  readonly before: Proportion
  readonly after: Proportion
  /** How likely a rise this large is by chance, if the rate did not rise. */
  readonly chance: number
  /** The least false discovery rate at which it would count among all that were compared. */
  readonly adjusted: number
  readonly worse: boolean
}

export interface CheckChange {
  readonly id: string
  readonly usage: string
  readonly case: string
  readonly before: CheckLevel
  readonly after: CheckLevel
  readonly because: string
}

export interface ScenarioChange {
  readonly name: string
  readonly before: Verdict
  readonly after: Verdict
  readonly because: string
}

export interface NewFinding {
  readonly id: string
  readonly obliges: boolean
  readonly times: number
  readonly because: string
}

/** One side of a comparison. */
export interface Compared {
  readonly runId: string
  readonly target: string
  readonly profile: string
  readonly seed: string
  readonly startedAt: string
  readonly verdict: Exclude<Verdict, 'unsupported'>
}

/** What only one of the two was asked, by name. */
export interface OnlyAsked {
  readonly checks: readonly string[]
  readonly scenarios: readonly string[]
  readonly rates: readonly RateName[]
}

export interface Comparison {
  readonly format: 1
  readonly before: Compared
  readonly after: Compared
  /** The share of what is found worse that may be so by chance. */
  readonly falseDiscoveryRate: number
  /** Every rate that both have with a trial, the likeliest worse first. */
  readonly rates: readonly RateChange[]
  readonly findings: {
    readonly new: readonly NewFinding[]
    /** Of checks and scenarios that only the second was asked: nobody knows whether they are new. */
    readonly unasked: readonly NewFinding[]
    readonly gone: readonly string[]
  }
  readonly checks: {
    readonly compared: number
    readonly worse: readonly CheckChange[]
    readonly better: readonly CheckChange[]
    /** What was known and is not any more. */
    readonly unproved: readonly CheckChange[]
  }
  readonly scenarios: {
    readonly compared: number
    readonly worse: readonly ScenarioChange[]
    readonly better: readonly ScenarioChange[]
    readonly unproved: readonly ScenarioChange[]
  }
  readonly onlyBefore: OnlyAsked
  readonly onlyAfter: OnlyAsked
  readonly verdict: 'worse' | 'no worse' | 'nothing compared'
}
