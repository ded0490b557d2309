/** The record of a run, put together from what its history proved and what was measured beside it. */
import type { HistoryEvent } from '../model/history.ts'
import type { Judging } from '../model/judging.ts'
import type { Json } from '../model/plan.ts'
import type {
  GateResult,
  GeneratorHonesty,
  RecordedFault,
  RecordedScenario,
  RunRecord,
} from '../model/record.ts'
import type { Judgement, ScenarioResult } from '../model/verdict.ts'
import { findings } from './findings.ts'
import { decideGate } from './gates.ts'
import { migration } from './migration.ts'
import { rates } from './rates.ts'
import { exitCode, ofRun, withGates } from './verdict.ts'

export interface Assembly {
  /** One for each profile; the first is the run's own. */
  readonly judgements: readonly Judgement[]
  readonly header: Extract<HistoryEvent, { kind: 'header' }>
  /** What the header's `judging` holds. */
  readonly judging: Judging
  readonly endedUs: number
  /** How a time in microseconds is written; harness/clock.ts has it. */
  readonly isoTime: (us: number) => string
  /** The versions that judged, which need not be those that recorded. */
  readonly versions: { readonly cupel: string; readonly node: string }
  readonly latency: RunRecord['latency']
  readonly generator: GeneratorHonesty
  readonly faults: readonly RecordedFault[]
  /** Why the run ended early; null when it ran to its end. */
  readonly interrupted: string | null
  readonly notes: readonly string[]
}

/**
 * One record from everything. A run that was interrupted, or whose history has no end, never conforms and decides no
 * gate; a fault that could not be mended is exit 255 whatever else is true.
 *
 * @throws {RangeError} Without a judgement.
 */
export function assemble(input: Assembly): RunRecord {
  const { header, judging, interrupted } = input
  const views = input.judgements.map((judgement) => view(judgement, input))
  const [own, ...others] = views
  const first = input.judgements[0]
  if (own === undefined || first === undefined) throw new RangeError('a record needs a judgement')
  const faultUnmended = input.faults.some((fault) => fault.stages.unmended !== undefined)
  return {
    format: 1,
    tool: { name: 'cupel', version: input.versions.cupel, node: input.versions.node },
    seed: header.seed,
    runId: header.runId,
    profile: own.profile,
    startedAt: input.isoTime(header.startedUs),
    endedAt: input.isoTime(input.endedUs),
    target: {
      name: judging.target.name,
      kind: judging.target.kind,
      nodes: judging.target.nodes.length,
      declares: declared(judging),
    },
    verdict: own.verdict,
    exitCode: exitCode({ verdict: own.verdict, faultUnmended }),
    interrupted,
    checks: own.checks,
    scenarios: own.scenarios,
    rates: rates(first.cells),
    findings: own.findings,
    profiles: others.map(({ profile, verdict, checks, findings: found }) => ({
      profile,
      verdict,
      checks,
      findings: found,
      changes: migration(own.checks, checks),
    })),
    faults: input.faults,
    latency: input.latency,
    generator: input.generator,
    notes: [...input.notes, ...first.notes],
    complete: first.complete && interrupted === null,
  }
}

/** What one profile makes of the history. */
function view(judgement: Judgement, input: Assembly) {
  const { profile, checks, convictions } = judgement
  const complete = judgement.complete && input.interrupted === null
  const scenarios = judgement.scenarios.map((result) =>
    gated(result, gates(result.name, judgement, input)),
  )
  const verdict = ofRun({ checks, scenarios, convictions, complete })
  return { profile, verdict, checks, scenarios, findings: findings(convictions, judgement.times) }
}

function gates(name: string, judgement: Judgement, input: Assembly): readonly GateResult[] {
  const scenario = input.judging.scenarios.find((each) => each.name === name)
  if (scenario === undefined) return []
  const whole = judgement.complete && input.interrupted === null
  const cells = judgement.cells.filter((cell) => cell.scenario === name)
  return scenario.gates.map((gate) =>
    whole
      ? decideGate(gate, cells, scenario.streams)
      : { gate, answer: 'undecided', because: 'a gate stands on whole runs only' },
  )
}

/** A scenario with its gates. Where they decide it, they say why. */
function gated(result: ScenarioResult, decided: readonly GateResult[]): RecordedScenario {
  const { name, question, guards, conclusion } = result
  const verdict = withGates(result.verdict, decided)
  const answer = verdict === 'breached' ? 'failed' : 'undecided'
  const reasons = decided.filter((gate) => gate.answer === answer).map((gate) => gate.because)
  const because = verdict === result.verdict ? result.because : reasons.join('; ')
  const told = { name, question, verdict, because, guards, gates: decided }
  return conclusion === undefined ? told : { ...told, conclusion }
}

/** Declarations as plain data. */
function declared({ target }: Judging): Json {
  const plain: Json = JSON.parse(JSON.stringify(target.declares))
  return plain
}
