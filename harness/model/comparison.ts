/** What became worse from one record to another. */
import type { Finding, Rate } from './record.ts'
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

/** One side of a comparison. */
export interface Compared {
  /** Of Cupel, which made the record. */
  readonly version: string
  readonly runId: string
  readonly target: string
  /** What the command line called the target: a name, or the path of its file. */
  readonly called?: string
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
    /** As the second record has them. */
    readonly new: readonly Finding[]
    /** Of checks and scenarios that only the second was asked: nobody knows whether they are new. */
    readonly unasked: readonly Finding[]
    readonly gone: readonly string[]
  }
  readonly checks: {
    readonly compared: number
    readonly worse: readonly CheckChange[]
    readonly better: readonly CheckChange[]
    /** What was known and is not any more. */
    readonly unproved: readonly CheckChange[]
    /** All others that were compared: as good or bad as before, or as little known. */
    readonly same: readonly CheckChange[]
  }
  readonly scenarios: {
    readonly compared: number
    readonly worse: readonly ScenarioChange[]
    readonly better: readonly ScenarioChange[]
    readonly unproved: readonly ScenarioChange[]
    readonly same: readonly ScenarioChange[]
  }
  readonly onlyBefore: OnlyAsked
  readonly onlyAfter: OnlyAsked
  readonly verdict: 'worse' | 'no worse' | 'nothing compared'
  /** 1 on a regression, 2 where nothing was compared. */
  readonly exitCode: 0 | 1 | 2
}
