/** The record of a run as other programs read it. Names are kept; members are only ever added. */
import type { Json } from './plan.ts'
import type { Metric, Unit } from './counts.ts'
import type {
  CheckLevel,
  CheckResult,
  GuardResult,
  Obligation,
  Verdict,
  WitnessStep,
} from './verdict.ts'
import type { FaultStage, Forgets } from './history.ts'
import type { Gate } from './scenario.ts'

/**
 * A proportion with its uncertainty. `low` and `high` are the two-sided 95 % interval that is shown; `lower95` and
 * `upper95` the one-sided bounds that gates stand on; `coverage` the share of what was owed a determinate answer and
 * got one.
 */
export interface Rate {
  readonly metric: Metric
  readonly scenario: string
  readonly attack: string | null
  readonly phase: string | null
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

export interface RecordedFault {
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
  /** What an experiment concluded with, such as the smallest counterexamples of a property. */
  readonly conclusion?: Json
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
  readonly dueToSentMs: { readonly p50: number; readonly p99: number; readonly max: number }
  readonly dropped: number
  readonly eventLoopDelayMs: { readonly p99: number }
  readonly staleConnections: number
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

export interface RunRecord {
  readonly format: 1
  readonly tool: { readonly name: 'cupel'; readonly version: string; readonly node: string }
  readonly seed: string
  readonly runId: string
  readonly profile: string
  readonly startedAt: string
  readonly endedAt: string
  readonly target: {
    readonly name: string
    readonly kind: 'token-endpoint' | 'verifier'
    readonly nodes: number
    readonly declares: Json
  }
  readonly verdict: Exclude<Verdict, 'unsupported'>
  readonly exitCode: number
  /** Why a run ended early; null when it ran to its end. */
  readonly interrupted: string | null
  readonly checks: readonly CheckResult[]
  readonly scenarios: readonly RecordedScenario[]
  readonly rates: readonly Rate[]
  readonly findings: readonly Finding[]
  /** Further profiles of the same history; the members above are of the first. */
  readonly profiles: readonly {
    readonly profile: string
    readonly verdict: Exclude<Verdict, 'unsupported'>
    readonly checks: readonly CheckResult[]
    readonly findings: readonly Finding[]
    /** What would change for a target that moved here from the run's own profile. */
    readonly changes: readonly MigrationRow[]
  }[]
  readonly faults: readonly RecordedFault[]
  readonly latency: readonly {
    readonly scenario: string
    readonly from: 'due' | 'begun'
    readonly hdr: string
    readonly p50Ms: number
    readonly p99Ms: number
    readonly maxMs: number
  }[]
  readonly generator: GeneratorHonesty
  readonly notes: readonly string[]
  readonly complete: boolean
}
