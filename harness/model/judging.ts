/** All that judging needs besides the events: written into a history's header, so that a history needs nothing else. */
import type { Level } from './check.ts'
import type { Expectation, FaultWindow, Json, Usage } from './plan.ts'
import type { Declarations, Parameter, Policy } from './policy.ts'
import type { Climb, Gate, Guard, Pace, Scenario, Stream, Tolerance } from './scenario.ts'
import type { Role, TargetFacts } from './target.ts'

/** One case of a check, as asked: the part under test and its expectation table. */
export interface JudgedCase {
  readonly caseId: string
  readonly check: string
  readonly usage: Usage
  readonly name: string
  readonly finding: string
  /** The finding that a refusal of what deserves acceptance is; `refusal/valid-refused` when absent. */
  readonly refusal?: string
  /** Its block of controls, by id; null where only acceptances can be judged. */
  readonly block: string | null
  readonly steps: readonly string[]
  readonly expects: readonly Expectation[]
  /** The profiles whose control this case was written against. */
  readonly profiles: readonly string[]
  /** It calls the server by another name, so that what answers may be whoever sorts requests by their names. */
  readonly callsAnother?: true
}

export interface JudgedCheck {
  readonly id: string
  readonly title: string
  readonly section: string
  readonly level: Level
  readonly requirement: string
  /** Why a case was not asked, by `usage:case`. */
  readonly unsupported: Readonly<Record<string, string>>
  readonly cases: readonly JudgedCase[]
}

/** Cases between two controls of the same kind. The controls' case ids are `control/<id>/before`, `…/after`, `…/after-2`, … */
export interface Block {
  readonly id: string
  readonly usage: Usage
  readonly profiles: readonly string[]
}

export interface JudgedScenario {
  readonly name: string
  readonly question: string
  readonly means: { readonly conforms: string; readonly violates: string }
  readonly streams: readonly Stream[]
  readonly faults: readonly FaultWindow[]
  readonly guards: readonly Guard[]
  readonly gates: readonly Gate[]
  readonly maxUndecided: number
  readonly mix?: Pace
  readonly climb?: Climb
  readonly tolerates?: Tolerance
  /** Why it was not run; null if it was. */
  readonly unsupported: string | null
  /** Its cases are drawn and then searched for smaller ones that fail too (see Property), so which failed must be told. */
  readonly drawn?: true
}

export interface JudgedTarget {
  readonly name: string
  /** What the command line called it: a name, or the path of its file. Absent where a program made it. */
  readonly called?: string
  readonly kind: 'token-endpoint' | 'verifier'
  readonly issuer: string
  readonly tokenEndpoint: string | null
  readonly resource: string | null
  readonly audiences: { readonly values: readonly string[]; readonly complete: boolean }
  readonly declares: Declarations
  /** The parameters that its own policy settles: what they demand is its word, and no profile's. Absent where it has none. */
  readonly settles?: readonly Parameter[]
  readonly nodes: readonly string[]
  /** What has a clock that bears on verdicts. */
  readonly clocks: readonly string[]
  readonly principals: Readonly<
    Record<
      string,
      {
        readonly id: string
        readonly subject: string
        readonly usage: Usage
        readonly roles: readonly Role[]
      }
    >
  >
}

/** What the whole plan was, and which piece of it a run asked: records of one plan can be merged. */
export interface PlannedWork {
  /** SHA-256 over all that the plan was made from, in hex: the same for every shard of it. */
  readonly digest: string
  /** How often each scenario is asked. */
  readonly repeat: number
  /** From 1; null asked all of it. */
  readonly shard: { readonly index: number; readonly of: number } | null
}

/**
 * What a plan was made from besides the seed and the code, so that it can be made again: judging needs none of it. Absent in
 * histories of versions that did not keep it.
 */
/** One case that is asked, and nothing else. */
export interface OnlyCase {
  /** As a finding or a check result names it, such as `rfc7523/3/exp-past:ca:a-day-ago` or `replay-race/one-node/0`. */
  readonly caseId: string
  /** What a property drew, as the record of its run kept it; absent for all other cases. */
  readonly drawn?: Json
}

export interface PlanBasis {
  readonly facts: TargetFacts
  /** Ids of checks and names of properties. */
  readonly checks: readonly string[]
  readonly properties: readonly string[]
  /** With the gates and the watch that the command line gave them. */
  readonly scenarios: readonly Scenario[]
  readonly propertyRuns: number | null
  readonly only: OnlyCase | null
  /** How many honest requests went ahead of each round; null for none. */
  readonly canary: number | null
  readonly maxPerSecond: number | null
  /** Whether the target was there to be asked checks. */
  readonly answers: boolean
}

export interface Judging {
  readonly basis?: PlanBasis
  /** Absent in histories of versions that could not cut their work. */
  readonly plan?: PlannedWork
  /** Every profile known when the history was made, by name. */
  readonly policies: Readonly<Record<string, Policy>>
  /** The profiles it was planned for; the first is the run's own. */
  readonly asked: readonly string[]
  readonly strict: boolean
  readonly target: JudgedTarget
  readonly blocks: readonly Block[]
  readonly checks: readonly JudgedCheck[]
  readonly scenarios: readonly JudgedScenario[]
}
