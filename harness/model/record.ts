/** The record of a run as other programs read it. Names are kept; members are only ever added. */
import type { Derived } from './derived.ts'
import type { MetExpectation, Skip } from './expected.ts'
import type { Json } from './plan.ts'
import type { Metric, Pairs, Series, Unit, UnitSums } from './counts.ts'
import type { PlannedWork } from './judging.ts'
import type {
  CheckLevel,
  CheckResult,
  GuardResult,
  Late,
  Leeway,
  Obligation,
  ReplayKeys,
  ScenarioFacts,
  Verdict,
  WitnessStep,
} from './verdict.ts'
import type { FaultStage, Forgets } from './history.ts'
import type { Gate, Phase } from './scenario.ts'

/**
 * A proportion with its uncertainty. `low` and `high` are the two-sided 95 % interval that is shown; `lower95` and
 * `upper95` the one-sided bounds that gates stand on; `coverage` the share of what was owed a determinate answer and
 * got one. All four ends stand on units, of which `over` has the sums; `effective` is how many independent trials the
 * sample is worth.
 */
export interface Rate {
  readonly metric: Metric
  readonly scenario: string
  readonly attack: string | null
  readonly phase: Phase | null
  readonly node: string | null
  readonly unit: Unit
  readonly frame: 'world' | 'code'
  readonly events: number
  readonly trials: number
  readonly low: number
  readonly high: number
  readonly lower95: number
  readonly upper95: number
  readonly coverage: number
  /** All that was owed a determinate answer, and the events if each without one had been an event. */
  readonly owed: number
  readonly worst: number
  readonly over: UnitSums
  readonly effective: number
}

export interface Finding {
  readonly id: string
  readonly severity: 'high' | 'medium' | 'low' | 'info'
  readonly because: string
  readonly obligation: Obligation
  readonly obliges: boolean
  readonly times: number
  readonly witness: readonly WitnessStep[]
  readonly spec: readonly string[]
  readonly cwe: string | null
  readonly controls: readonly string[]
}

/** Stages in milliseconds from the start of the run; in a merged record, of that with `runId`. */
export interface RecordedFault {
  readonly runId?: string
  readonly scenario: string
  readonly name: string
  readonly on: string
  readonly rung: string
  readonly forgets: Forgets
  readonly stages: Readonly<Partial<Record<FaultStage, number>>>
}

export interface RecordedScenario {
  readonly name: string
  readonly question: string
  readonly verdict: Verdict
  readonly because: string
  readonly guards: readonly GuardResult[]
  readonly gates: readonly GateResult[]
  /** What its verdict follows from; null in records of versions that did not keep it. */
  readonly facts: ScenarioFacts | null
  /** What it is held to, besides its guards and gates; null as above. */
  readonly terms: ScenarioTerms | null
  /** What an experiment concluded with, such as the smallest counterexamples of a property. */
  readonly conclusion?: Json
  /** Numbers that follow from what was seen in it; absent where none do. */
  readonly derived?: readonly Derived[]
}

export interface ScenarioTerms {
  readonly means: { readonly conforms: string; readonly violates: string }
  readonly maxUndecided: number
  /** The attack classes of its streams, each once; null among them is honest traffic. */
  readonly classes: readonly (string | null)[]
}

/**
 * How long after a fault was seen mended something was still wrong: in windows of at least a second and a hundred
 * requests, of which those are bad that have more false or missing answers than the time before the fault makes likely.
 */
export interface Recovery {
  /** In a merged record, whose start the times count from. */
  readonly runId?: string
  readonly scenario: string
  readonly fault: string
  readonly on: string
  /** From the start of the run. */
  readonly mendedMs: number
  readonly watchedMs: number
  readonly judged: number
  readonly windows: number
  readonly baseline: { readonly events: number; readonly trials: number; readonly upper95: number }
  readonly came:
    /** No window was bad: it took less than the first. */
    | { readonly kind: 'below-one-window'; readonly windowMs: number }
    /** From the beginning to the end of the last bad window, from the mending on. */
    | { readonly kind: 'within'; readonly fromMs: number; readonly toMs: number }
    /** One of the last three windows was bad. */
    | { readonly kind: 'stuck' }
    | { readonly kind: 'unknown'; readonly because: string }
}

/** What became of used assertions that came again while a fault was in force. */
export interface FailureMode {
  readonly scenario: string
  readonly attack: string | null
  /** Whether the second use went to the node that had accepted the first. */
  readonly nodes: 'same' | 'other'
  readonly mode: 'fail-open' | 'fail-closed' | 'degraded' | 'unclassified'
  readonly accepted: number
  readonly refused: number
  readonly unavailable: number
  readonly undecided: number
  /** One-sided 95 % bounds on the share that is accepted. */
  readonly lower95: number
  readonly upper95: number
}

/** A gate, decided; `because` holds the counts that decided it. */
export interface GateResult {
  readonly gate: Gate
  readonly answer: 'passed' | 'failed' | 'undecided'
  readonly because: string
}

/** How well the harness did its own job. Milliseconds. */
export interface GeneratorHonesty {
  readonly sent: number
  /** Those of them whose time was the plan's own, rather than that of an answer they waited for. */
  readonly timed: number
  /** How late these were. */
  readonly dueToSentMs: { readonly p50: number; readonly p99: number; readonly max: number }
  /** Of the same in microseconds, as a base64 HDR histogram; empty in records of versions that did not keep it. */
  readonly dueToSentHdr: string
  /** The same for each scenario; none in records of versions that did not keep it. */
  readonly dueToSentIn: readonly LatenessIn[]
  readonly dropped: number
  readonly eventLoopDelayMs: { readonly p99: number }
  /** For what share of a round, at its worst, it had work and no core to do it on, in [0, 1]. */
  readonly starvedShare: number
  /** For what share of a round, at its worst, the thread that keeps time had work, in [0, 1]. */
  readonly busyShare: number
  /** How many cores all its threads took together in a round, at the most. */
  readonly cores: number
  /** How many credentials were waited for at once, at the most. */
  readonly mintingBacklog: number
  readonly staleConnections: number
}

export interface LatenessIn {
  readonly scenario: string
  readonly hdr: string
  readonly p50Ms: number
  readonly p99Ms: number
  readonly maxMs: number
}

/** One case whose standing differs between the run's own profile and another. */
export interface MigrationRow {
  readonly caseId: string
  readonly id: string
  readonly usage: string
  readonly case: string
  readonly change: 'conforms -> violates' | 'violates -> conforms' | 'not asked'
  readonly from: CheckLevel
  /** Null where the other profile was not asked about this case. */
  readonly to: CheckLevel | null
}

/** What one profile makes of a history. */
export interface ProfileView {
  readonly profile: string
  readonly verdict: Exclude<Verdict, 'unsupported'>
  readonly checks: readonly CheckResult[]
  readonly scenarios: readonly RecordedScenario[]
  readonly rates: readonly Rate[]
  readonly findings: readonly Finding[]
  readonly recovery: readonly Recovery[]
  readonly failureModes: readonly FailureMode[]
  /** What failure modes are read from. */
  readonly pairs: readonly Pairs[]
  /** What a larger leeway than this run saw would make false accepts. */
  readonly late: readonly Late[]
  readonly leeways: readonly Leeway[]
}

/** The members of the view are of the run's own profile. */
export interface RunRecord extends ProfileView {
  readonly format: 1
  readonly tool: { readonly name: 'cupel'; readonly version: string; readonly node: string }
  readonly seed: string
  /** Of a merged record that of its first part; `runIds` has all. */
  readonly runId: string
  readonly runIds: readonly string[]
  readonly keys: ReplayKeys
  /** What was planned, and which piece of it this is; null where the history does not say. */
  readonly plan: PlannedWork | null
  readonly startedAt: string
  readonly endedAt: string
  readonly target: {
    readonly name: string
    /** What the command line called it: a name, or the path of its file. */
    readonly called?: string
    readonly kind: 'token-endpoint' | 'verifier'
    readonly nodes: number
    readonly declares: Json
  }
  readonly exitCode: number
  /** What was expected to fail, and whether it did: the exit code stands on what nobody expected. */
  readonly expectations?: readonly MetExpectation[]
  /** What was left out, and why. */
  readonly skipped?: readonly Skip[]
  /** Why a run ended early; null when it ran to its end. */
  readonly interrupted: string | null
  /** Further profiles of the same history. */
  readonly profiles: readonly (ProfileView & {
    /** What would change for a target that moved here from the run's own profile. */
    readonly changes: readonly MigrationRow[]
  })[]
  readonly series: readonly RecordedSeries[]
  readonly faults: readonly RecordedFault[]
  readonly latency: readonly Latency[]
  readonly generator: GeneratorHonesty
  readonly notes: readonly string[]
  readonly complete: boolean
}

export interface Latency {
  readonly scenario: string
  readonly from: 'due' | 'begun'
  readonly hdr: string
  readonly p50Ms: number
  readonly p99Ms: number
  readonly maxMs: number
  /** Further percentiles, from the median up; absent in records of versions that did not keep them. */
  readonly curve?: readonly { readonly percentile: number; readonly ms: number }[]
}

/** In a merged record, `runId` says whose start the times count from. */
export type RecordedSeries = Series & { readonly runId?: string }
