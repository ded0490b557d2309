/** What the judge says, before any rate is computed. */
import type { Json } from './plan.ts'
import type { HistoryEvent } from './history.ts'
import type { Level } from './check.ts'
import type { Derived } from './derived.ts'
import type { Cell, CellName, Pairs, Series } from './counts.ts'

/** What an answer means for one presentation; classify.ts decides it from the facts. */
export type Outcome =
  'accepted' | 'rejected' | 'elsewhere' | 'challenged' | 'failed' | 'unanswered' | 'unsent'

export type Deserved = 'accept' | 'reject' | 'either'

/** What one presentation deserves, the rule that decided and the sentence behind it. */
export interface Ruling {
  readonly deserves: Deserved
  readonly rule: string
  readonly because: string
  readonly spec: string
}

/** Of a check, a scenario or a run. `breached` is a gate on a rate that failed. */
export type Verdict = 'unsupported' | 'violates' | 'breached' | 'inconclusive' | 'conforms'

/** How a check reads in a record: the levels that users of conformance tools know. */
export type CheckLevel =
  'pass' | 'non-strict' | 'fail' | 'informational' | 'unsupported' | 'inconclusive'

/** One request of a witness; times in milliseconds from the start of the run. */
export interface WitnessStep {
  readonly caseId: string
  readonly step: string
  readonly node: string | null
  readonly begunMs: number
  readonly answeredMs: number | null
  readonly sent: string
  readonly got: string
}

/** Why a target is held to it: its own declaration, the profile's words, or what follows from them. */
export type Obligation = 'declared' | 'profile' | 'derived'

export interface Conviction {
  /** An id of the catalogue of findings. */
  readonly finding: string
  /** Whether it obliges the target; a finding that does not is shown and changes no verdict. */
  readonly obliges: boolean
  readonly obligation: Obligation
  readonly scenario: string
  readonly check: string | null
  readonly caseId: string
  readonly because: string
  readonly spec: readonly string[]
  readonly witness: readonly WitnessStep[]
}

export interface CheckResult {
  readonly id: string
  readonly usage: string
  readonly case: string
  readonly caseId: string
  readonly section: string
  readonly level: Level
  readonly verdict: CheckLevel
  readonly because: string
  readonly asked: number
  readonly expected: string
  readonly seen: string
  /** Of its requests that must be refused, how many were answered either way, and how many were accepted. */
  readonly toRefuse?: { readonly decided: number; readonly accepted: number }
}

export interface GuardResult {
  readonly name: string
  readonly needed: number
  readonly seen: number
  /** About what each shard of a run does by itself, such as breaking something: then `needed` adds up as well. */
  readonly everyShard?: true
}

/** What the verdict of a scenario follows from, besides its guards. All of it adds up across the shards of a run. */
export interface ScenarioFacts {
  readonly judged: number
  readonly undecided: number
  /** Second acceptances that might have been right by a clock that nobody measured. */
  readonly unclocked: number
  /** Second acceptances that nothing forbids, since single use is promised nowhere; absent where there were none. */
  readonly unpromised?: number
  /** What the harness did worse than the scenario tolerates, in words. */
  readonly intolerable: readonly string[]
  /** Whether it ran to its end. */
  readonly ended: boolean
  /** Whether anything in it was convicted of what obliges the target. */
  readonly violated: boolean
}

export interface ScenarioResult extends ScenarioFacts {
  readonly name: string
  readonly question: string
  readonly verdict: Verdict
  readonly because: string
  readonly guards: readonly GuardResult[]
  /** What it concluded with, where it is an experiment that concludes with anything, such as counterexamples. */
  readonly conclusion?: Json
  /** Numbers that follow from what was seen in it; absent where none do. */
  readonly derived?: readonly Derived[]
}

/**
 * Second acceptances that are false in the code's frame only if the target is known to accept first presentations until
 * `needsMs` after their end (oracle.md, section 4). A shard of a run may not have seen that; the whole may. Each stands
 * either for counts of a rate, then with its cell, or for convictions.
 */
export interface Late {
  /** The part of a request, and the party, whose leeway counts. */
  readonly part: string
  readonly party: string
  /** In steps of 100 ms, rounded up. */
  readonly needsMs: number
  readonly times: number
  /** The code's cell in which they will be events; null for convictions. */
  readonly cell: CellName | null
  /** What they are counted as in that cell until then; null for nothing. */
  readonly instead: 'other' | 'unknown' | null
  /** The first of them, in words; null for counts. */
  readonly conviction: Conviction | null
  /** Whether the presentations of a conviction went to one node or to several. */
  readonly nodes: 'same' | 'several' | null
}

/** How long after its end the target was seen to accept a party's first presentation in a part of a request. */
export interface Leeway {
  readonly part: string
  readonly party: string
  readonly seenMs: number
}

/**
 * The replay keys of a run, as far as two runs could share one. Those of assertions whose identifier ends in the run's own
 * id are the run's alone and only counted. A judgement has every other one as it is, a record a digest of it: SHA-256 in
 * base64url.
 */
export interface ReplayKeys {
  readonly ofRun: number
  readonly others: readonly string[]
}

/** All that a history proves under one profile. */
export interface Judgement {
  readonly profile: string
  readonly complete: boolean
  readonly checks: readonly CheckResult[]
  readonly scenarios: readonly ScenarioResult[]
  /** The first ones of each finding. */
  readonly convictions: readonly Conviction[]
  /** How often each finding was seen. */
  readonly times: Readonly<Record<string, number>>
  readonly cells: readonly Cell[]
  readonly series: readonly Series[]
  readonly pairs: readonly Pairs[]
  /** What a larger leeway than was seen would make convictions of. */
  readonly late: readonly Late[]
  readonly leeways: readonly Leeway[]
  readonly keys: ReplayKeys
  readonly observed: number
  readonly notes: readonly string[]
}

/**
 * A fold over a history. `watched` serves whoever looks on, as often as they like, and `soFar` what is asked next: it gives
 * the `cells` of a scenario with a sequential gate besides. Only `conclude` makes verdicts.
 */
export interface Judge {
  see(event: HistoryEvent): void
  watched(scenario: string): Json
  soFar(scenario: string): Json
  conclude(): Judgement
}
