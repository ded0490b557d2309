/** What the judge says, before any rate is computed. */
import type { Json } from './plan.ts'
import type { Phase } from './scenario.ts'
import type { HistoryEvent } from './history.ts'
import type { Level } from './check.ts'

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
}

export interface GuardResult {
  readonly name: string
  readonly needed: number
  readonly seen: number
}

export interface ScenarioResult {
  readonly name: string
  readonly question: string
  readonly verdict: Verdict
  readonly because: string
  readonly guards: readonly GuardResult[]
  readonly undecided: number
  readonly judged: number
  /** What it concluded with, where it is an experiment that concludes with anything, such as counterexamples. */
  readonly conclusion?: Json
}

export type Metric = 'far' | 'frr' | 'unavailability' | 'inconclusive' | 'replay-acceptance'
/** The coarsest thing whose members share a cause: what an interval counts. */
export type Unit = 'presentation' | 'race' | 'window' | 'node-second'

/**
 * Raw counts of one cell of a rate. `events` of `trials` determinate ones; `owed` includes those of which nothing
 * determinate is known. `worst` is the count of events if each of those had been one.
 */
export interface Cell {
  readonly metric: Metric
  readonly frame: 'world' | 'code'
  readonly scenario: string
  readonly attack: string | null
  readonly phase: Phase | null
  readonly node: string | null
  readonly unit: Unit
  readonly events: number
  readonly trials: number
  readonly owed: number
  readonly worst: number
}

/** All that a history proves under one profile. */
export interface Judgement {
  readonly profile: string
  readonly complete: boolean
  readonly checks: readonly CheckResult[]
  readonly scenarios: readonly ScenarioResult[]
  readonly convictions: readonly Conviction[]
  readonly cells: readonly Cell[]
  readonly observed: number
  readonly notes: readonly string[]
}

/** A fold over a history. `soFar` serves progress, rounds and retries; only `conclude` makes verdicts. */
export interface Judge {
  see(event: HistoryEvent): void
  soFar(scenario: string): Json
  conclude(): Judgement
}
