/** What it takes to hold a gate. */
import type { Metric, Unit } from './counts.ts'
import type { Gate, Phase } from './scenario.ts'

/** One class of one scenario in one phase, as planned. */
export interface ClassPlan {
  readonly metric: Metric
  readonly attack: string | null
  readonly phase: Phase
  readonly unit: Unit
  /** How many units one repetition has, as a rule and at most. */
  readonly unitsEach: number
  readonly mostEach: number
  /** Whether there may be far fewer: how many seconds they are spread over is for the target to say. */
  readonly atMost: boolean
  /** At most: whatever is refused for too few could never have passed. */
  readonly planned: number
}

/** How many units a gate takes of each class. */
export interface UnitsNeeded {
  /** If none is an event: with fewer it cannot pass. */
  readonly least: number
  /** What gives a target at a tenth of the limit a fair chance, and how many of them may be events. */
  readonly advised: { readonly units: number; readonly errors: number; readonly chance: number }
}

/** What asking a scenario so often comes to. */
export interface Effort {
  readonly repeat: number
  readonly requests: number
  /** At the scenario's own pace; null where each request waits for an answer, so that only the target knows. */
  readonly seconds: number | null
  /** At the highest rate allowed; null where none is. */
  readonly secondsAtMaxRate: number | null
}

export interface ScenarioGatePlan {
  readonly scenario: string
  readonly classes: readonly ClassPlan[]
  readonly planned: Effort
  /** The fewest repetitions with which the gate can pass, and those advised; null where no number will do. */
  readonly least: Effort | null
  readonly advised: Effort | null
}

export interface GatePlan {
  readonly gate: Gate
  readonly needs: UnitsNeeded
  readonly scenarios: readonly ScenarioGatePlan[]
  /** Of a sequential gate: units on average at the limit, the least to pass, and as many for one that is not. */
  readonly sequential: {
    readonly atLimit: number
    readonly leastToPass: number
    readonly fixed: number
  } | null
}
