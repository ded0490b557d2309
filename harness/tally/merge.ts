/** One record from the records of shards: counts are added, and everything that follows from them is computed again. */
import { CupelError } from '../errors.ts'
import type { GeneratorHonesty, ProfileView, RecordedScenario, RunRecord } from '../model/record.ts'
import type { CheckResult, Late } from '../model/verdict.ts'
import { scenarioVerdict } from '../oracle/scenario-verdict.ts'
import { belongTogether, missing, type Part } from './belonging.ts'
import { findings, joined } from './findings.ts'
import { lateness } from './honesty.ts'
import { settled } from './late.ts'
import { added, summary } from './latency.ts'
import { migration } from './migration.ts'
import { addedCells, addedFacts, addedGuards, addedLate, addedPairs, largest } from './sums.ts'
import { exitCode, WORST_CHECK_FIRST } from './verdict.ts'
import { viewOf, type CountedScenario } from './view.ts'

/**
 * Merges the parts of one plan. Of a plan of which a piece is missing nothing conforms: what nobody asked may be wrong.
 *
 * @throws {CupelError} ERR_RECORD_INCOMPLETE, ERR_RECORDS_APART or ERR_RECORDS_OVERLAP
 * @throws {RangeError} Without a part.
 */
export function merged(parts: readonly Part[]): RunRecord {
  belongTogether(parts)
  const records = parts.map(({ record }) => record)
  const [first] = records
  if (first?.plan === null || first === undefined) throw new RangeError('nothing to merge')
  const gone = missing(parts)
  const interrupted =
    gone.length === 0 ? null : `missing ${gone.map((each) => `shard ${each}`).join(', ')}`
  const whole = interrupted === null
  const { profile, verdict, ...counted } = mergedView(records, whole)
  const profiles = first.profiles.map((_, index) => {
    const view = mergedView(
      records.flatMap((record) => record.profiles[index] ?? []),
      whole,
    )
    return { ...view, changes: migration(counted.checks, view.checks) }
  })
  const faults = records.flatMap((record) => record.faults.map((each) => ofRun(each, record)))
  const faultUnmended = faults.some(({ stages }) => stages.unmended !== undefined)
  const runIds = records.flatMap((record) => record.runIds)
  return {
    ...first,
    runIds,
    plan: { ...first.plan, shard: null },
    profile,
    startedAt: records.map(({ startedAt }) => startedAt).toSorted()[0] ?? first.startedAt,
    endedAt:
      records
        .map(({ endedAt }) => endedAt)
        .toSorted()
        .at(-1) ?? first.endedAt,
    verdict,
    exitCode: exitCode({ verdict, faultUnmended }),
    interrupted,
    ...counted,
    recovery: records.flatMap((record) => record.recovery.map((each) => ofRun(each, record))),
    keys: {
      ofRun: records.reduce((sum, { keys }) => sum + keys.ofRun, 0),
      others: records.flatMap(({ keys }) => keys.others),
    },
    profiles,
    series: records.flatMap((record) => record.series.map((each) => ofRun(each, record))),
    faults,
    latency: mergedLatency(records),
    generator: mergedGenerator(records),
    notes: [
      `Merged from ${runIds.length} runs: ${runIds.join(', ')}.`,
      ...new Set(records.flatMap(({ notes }) => notes)),
    ],
    complete: whole,
  }
}

/** Times count from the start of a run, so what has times says of which. */
function ofRun<Each extends { readonly runId?: string }>(each: Each, { runId }: RunRecord): Each {
  return { ...each, runId: each.runId ?? runId }
}

function mergedView(views: readonly ProfileView[], whole: boolean): ProfileView {
  const leeways = largest(views.flatMap((view) => view.leeways))
  const late = addedLate(views.flatMap((view) => view.late))
  const { cells, convicted, waiting } = settled(
    late,
    leeways,
    addedCells(views.map(({ rates }) => rates)),
  )
  return viewOf({
    profile: views[0]?.profile ?? '',
    checks: mergedChecks(
      views.flatMap(({ checks }) => checks),
      convicted,
    ),
    scenarios: mergedScenarios(
      views.flatMap(({ scenarios }) => scenarios),
      convicted,
    ),
    cells,
    findings: joined([...views.flatMap((view) => view.findings), ...convicted.flatMap(found)]),
    recovery: views.flatMap(({ recovery }) => recovery),
    pairs: addedPairs(views.flatMap(({ pairs }) => pairs)),
    late: waiting,
    leeways,
    whole,
  })
}

function found({ conviction, times }: Late) {
  return findings([conviction]).map((finding) => ({ ...finding, times }))
}

/** A case belongs to one shard. Should two have it, the worse answer stands. */
function mergedChecks(
  checks: readonly CheckResult[],
  convicted: readonly Late[],
): readonly CheckResult[] {
  const groups = Map.groupBy(checks, ({ id, usage, case: name }) =>
    JSON.stringify([id, usage, name]),
  )
  const cases = new Set(
    convicted
      .filter(({ conviction }) => conviction.obliges)
      .map(({ conviction }) => conviction.caseId),
  )
  return [...groups.values()].flatMap((group) => {
    const worst = group.toSorted(
      (a, b) => WORST_CHECK_FIRST.indexOf(a.verdict) - WORST_CHECK_FIRST.indexOf(b.verdict),
    )[0]
    if (worst === undefined) return []
    if (!cases.has(worst.caseId)) return [worst]
    return [
      {
        ...worst,
        verdict: 'fail' as const,
        because: 'one of its requests was convicted by itself',
      },
    ]
  })
}

function mergedScenarios(
  scenarios: readonly RecordedScenario[],
  convicted: readonly Late[],
): readonly CountedScenario[] {
  const violated = new Set(
    convicted.flatMap(({ conviction }) => (conviction.obliges ? [conviction.scenario] : [])),
  )
  return [...Map.groupBy(scenarios, ({ name }) => name).values()].flatMap((group) => {
    const [first] = group
    if (first?.terms === null || first === undefined) return []
    const known = group.flatMap(({ facts }) => facts ?? [])
    const sums = addedFacts(known)
    const facts = { ...sums, violated: sums.violated || violated.has(first.name) }
    const guards = addedGuards(group)
    const { verdict, because } = supported(group)
      ? scenarioVerdict(facts, guards, first.terms, true)
      : first
    const { name, question, terms, conclusion } = first
    const gates = first.gates.map(({ gate }) => gate)
    const told = { name, question, verdict, because, guards, gates, facts, terms }
    return [conclusion === undefined ? told : { ...told, conclusion }]
  })
}

/** @throws {CupelError} ERR_RECORDS_APART where some could ask it and others could not. */
function supported(group: readonly RecordedScenario[]): boolean {
  const without = group.filter(({ verdict }) => verdict === 'unsupported')
  if (without.length === 0) return true
  if (without.length === group.length) return false
  throw new CupelError(
    'ERR_RECORDS_APART',
    `${group[0]?.name} was asked in one shard and not in another: ${without[0]?.because}`,
    { hint: 'Give every shard the same target, with the same levers.' },
  )
}

function mergedLatency(records: readonly RunRecord[]): RunRecord['latency'] {
  const groups = Map.groupBy(
    records.flatMap(({ latency }) => latency),
    ({ scenario, from }) => JSON.stringify([scenario, from]),
  )
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    if (first === undefined) return []
    return [summary(first.scenario, first.from, added(group.map(({ hdr }) => hdr)))]
  })
}

function mergedGenerator(records: readonly RunRecord[]): GeneratorHonesty {
  const all = records.map(({ generator }) => generator)
  const sum = (name: 'sent' | 'dropped' | 'staleConnections'): number =>
    all.reduce((total, each) => total + each[name], 0)
  return {
    sent: sum('sent'),
    ...lateness(added(all.map(({ dueToSentHdr }) => dueToSentHdr))),
    dropped: sum('dropped'),
    eventLoopDelayMs: { p99: Math.max(...all.map((each) => each.eventLoopDelayMs.p99)) },
    staleConnections: sum('staleConnections'),
  }
}
