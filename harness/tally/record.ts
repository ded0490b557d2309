/** The record of a run, put together from what its history proved and what was measured beside it. */
import type { ExpectedFailure, Skip } from '../model/expected.ts'
import type { HistoryEvent } from '../model/history.ts'
import type { JudgedScenario, Judging } from '../model/judging.ts'
import type { Json } from '../model/plan.ts'
import type { GeneratorHonesty, RecordedFault, RunRecord } from '../model/record.ts'
import type { GuardResult, Judgement, ScenarioResult } from '../model/verdict.ts'
import { heldAgainst } from './expected.ts'
import { findings } from './findings.ts'
import { migration } from './migration.ts'
import { recoveries } from './recovery.ts'
import { exitCode } from './verdict.ts'
import { viewOf, type CountedScenario } from './view.ts'

export interface Assembly {
  /** One for each profile; the first is the run's own. */
  readonly judgements: readonly Judgement[]
  readonly header: Extract<HistoryEvent, { kind: 'header' }>
  /** What the header's `judging` holds. */
  readonly judging: Judging
  readonly endedUs: number
  /** How a time in microseconds is written; harness/clock.ts has it. */
  readonly isoTime: (us: number) => string
  /** SHA-256 of a text, in base64url. */
  readonly digest: (text: string) => string
  /** The versions that judged, which need not be those that recorded. */
  readonly versions: { readonly cupel: string; readonly node: string }
  readonly latency: RunRecord['latency']
  readonly generator: GeneratorHonesty
  readonly faults: readonly RecordedFault[]
  /** Why the run ended early; null when it ran to its end. */
  readonly interrupted: string | null
  readonly notes: readonly string[]
  /** Failures that the user expects; absent where nobody said. */
  readonly expected?: readonly ExpectedFailure[]
  readonly skipped?: readonly Skip[]
}

/**
 * One record from everything. A run that was interrupted, or whose history has no end, never conforms and decides no
 * gate; a fault that could not be mended is exit 255 whatever else is true.
 *
 * @throws {RangeError} Without a judgement.
 */
export function assemble(input: Assembly): RunRecord {
  const { header, judging, interrupted } = input
  const [own, ...others] = input.judgements.map((judgement) => view(judgement, input))
  const first = input.judgements[0]
  if (own === undefined || first === undefined) throw new RangeError('a record needs a judgement')
  const faultUnmended = input.faults.some((fault) => fault.stages.unmended !== undefined)
  const { profile, verdict, ...members } = own
  const held = heldAgainst(
    {
      checks: own.checks,
      scenarios: own.scenarios,
      convictions: first.convictions,
      complete: first.complete && interrupted === null,
      whole: first.complete && interrupted === null && (judging.plan?.shard ?? null) === null,
    },
    input.expected ?? [],
    input.isoTime(input.endedUs).slice(0, 10),
  )
  return {
    format: 1,
    tool: { name: 'cupel', version: input.versions.cupel, node: input.versions.node },
    seed: header.seed,
    runId: header.runId,
    runIds: [header.runId],
    plan: judging.plan ?? null,
    profile,
    startedAt: input.isoTime(header.startedUs),
    endedAt: input.isoTime(input.endedUs),
    target: {
      name: judging.target.name,
      ...(judging.target.called === undefined ? {} : { called: judging.target.called }),
      kind: judging.target.kind,
      nodes: judging.target.nodes.length,
      declares: declared(judging),
    },
    verdict,
    exitCode: exitCode({ verdict: held.verdict, faultUnmended, staleExpectation: held.stale }),
    ...(input.expected === undefined ? {} : { expectations: held.expectations }),
    ...(input.skipped === undefined ? {} : { skipped: input.skipped }),
    interrupted,
    ...members,
    keys: { ...first.keys, others: first.keys.others.map(input.digest) },
    profiles: others.map((other) => ({ ...other, changes: migration(own.checks, other.checks) })),
    series: first.series,
    faults: input.faults,
    latency: input.latency,
    generator: input.generator,
    notes: [...input.notes, ...first.notes],
    complete: first.complete && interrupted === null,
  }
}

/** What one profile makes of the history. */
function view(judgement: Judgement, { judging, faults, interrupted }: Assembly) {
  const { profile, checks, cells, pairs, late, leeways, series } = judgement
  return viewOf({
    profile,
    checks,
    scenarios: judgement.scenarios.map((result) => counted(result, judging)),
    cells,
    findings: findings(judgement.convictions, judgement.times),
    recovery: recoveries(series, faults),
    pairs,
    late,
    leeways,
    whole: judgement.complete && interrupted === null,
  })
}

function counted(result: ScenarioResult, { scenarios }: Judging): CountedScenario {
  const { name, question, verdict, because, guards, conclusion, derived } = result
  const { judged, undecided, unclocked, unpromised, intolerable, ended, violated } = result
  const planned = scenarios.find((each) => each.name === name)
  const told = {
    name,
    question,
    verdict,
    because,
    guards: guards.map((guard, index) => ofShard(guard, index, planned)),
    gates: planned?.gates ?? [],
    facts: {
      judged,
      undecided,
      unclocked,
      ...(unpromised === undefined ? {} : { unpromised }),
      intolerable,
      ended,
      violated,
    },
    terms: {
      means: planned?.means ?? { conforms: '', violates: '' },
      maxUndecided: planned?.maxUndecided ?? 0,
      classes: [...new Set(planned?.streams.map(({ attack }) => attack))],
    },
  }
  return {
    ...told,
    ...(conclusion === undefined ? {} : { conclusion }),
    ...(derived === undefined ? {} : { derived }),
  }
}

/** The guards after a scenario's own are about its faults, which every shard of a run breaks by itself. */
function ofShard(
  guard: GuardResult,
  index: number,
  planned: JudgedScenario | undefined,
): GuardResult {
  const own = planned === undefined || index < planned.guards.length
  return own ? guard : { ...guard, everyShard: true }
}

/** Declarations as plain data. */
function declared({ target }: Judging): Json {
  const plain: Json = JSON.parse(JSON.stringify(target.declares))
  return plain
}
