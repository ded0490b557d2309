/** What one profile makes of a run, from what was counted under it: rates, gates, verdicts. */
import type { Cell, Pairs } from '../model/counts.ts'
import type { Derived } from '../model/derived.ts'
import type { Json } from '../model/plan.ts'
import type {
  Finding,
  GateResult,
  ProfileView,
  RecordedScenario,
  Recovery,
  ScenarioTerms,
} from '../model/record.ts'
import type { Gate } from '../model/scenario.ts'
import type {
  CheckResult,
  GuardResult,
  Late,
  Leeway,
  ScenarioFacts,
  Verdict,
} from '../model/verdict.ts'
import { failureModes } from './failure-modes.ts'
import { decideGate } from './gates.ts'
import { rates } from './rates.ts'
import { ofRun, withGates } from './verdict.ts'

/** What was counted under one profile: of one history, or summed over several. */
export interface Counted {
  readonly profile: string
  readonly checks: readonly CheckResult[]
  readonly scenarios: readonly CountedScenario[]
  readonly cells: readonly Cell[]
  readonly findings: readonly Finding[]
  readonly recovery: readonly Recovery[]
  readonly pairs: readonly Pairs[]
  readonly late: readonly Late[]
  readonly leeways: readonly Leeway[]
  /** Whether all that was planned was asked; on less no gate is decided, and nothing conforms. */
  readonly whole: boolean
}

export interface CountedScenario {
  readonly name: string
  readonly question: string
  /** Without its gates. */
  readonly verdict: Verdict
  readonly because: string
  readonly guards: readonly GuardResult[]
  readonly gates: readonly Gate[]
  readonly facts: ScenarioFacts
  readonly terms: ScenarioTerms
  readonly conclusion?: Json
  readonly derived?: readonly Derived[]
}

/** Computes all that follows from the counts. */
export function viewOf(counted: Counted): ProfileView {
  const { profile, checks, findings, cells, recovery, pairs, late, leeways, whole } = counted
  const scenarios = counted.scenarios.map((scenario) => gated(scenario, cells, whole))
  return {
    profile,
    verdict: ofRun({ checks, scenarios, convictions: findings, complete: whole }),
    checks,
    scenarios,
    rates: rates(cells),
    findings,
    recovery,
    failureModes: failureModes(pairs),
    pairs,
    late,
    leeways,
  }
}

/** A scenario with its gates. Where they decide it, they say why. */
function gated(
  scenario: CountedScenario,
  cells: readonly Cell[],
  whole: boolean,
): RecordedScenario {
  const { name, question, guards, facts, terms, conclusion, derived } = scenario
  const own = cells.filter((cell) => cell.scenario === name)
  const gates = scenario.gates.map((gate): GateResult =>
    whole
      ? decideGate(gate, own, terms.classes)
      : { gate, answer: 'undecided', because: 'a gate stands on whole runs only' },
  )
  const verdict = withGates(scenario.verdict, gates)
  const answer = verdict === 'breached' ? 'failed' : 'undecided'
  const reasons = gates.filter((gate) => gate.answer === answer).map((gate) => gate.because)
  const because = verdict === scenario.verdict ? scenario.because : [...new Set(reasons)].join('; ')
  const told = { name, question, verdict, because, guards, gates, facts, terms }
  return {
    ...told,
    ...(conclusion === undefined ? {} : { conclusion }),
    ...(derived === undefined ? {} : { derived }),
  }
}
