/** One record from the records of shards: counts are added, and everything that follows from them is computed again. */
import type { GeneratorHonesty, ProfileView, RunRecord } from '../model/record.ts'
import { belongTogether, missing, type Part } from './belonging.ts'
import { heldAgainst, placeOfFinding, type Held } from './expected.ts'
import { lateness, latenessIn } from './honesty.ts'
import { added, summary } from './latency.ts'
import { mergedView } from './merge-view.ts'
import { migration } from './migration.ts'
import { exitCode } from './verdict.ts'

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
  const endedAt = lastOf(records.map((record) => record.endedAt)) ?? first.endedAt
  const held = mergedExpectations(first, counted, { endedAt, whole })
  return {
    ...first,
    runIds,
    plan: { ...first.plan, shard: null },
    profile,
    startedAt: records.map(({ startedAt }) => startedAt).toSorted()[0] ?? first.startedAt,
    endedAt,
    verdict,
    exitCode: exitCode({ verdict: held.verdict, faultUnmended, staleExpectation: held.stale }),
    ...(first.expectations === undefined ? {} : { expectations: held.expectations }),
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

/** The entries, which all parts were given, against what the parts come to together. */
function mergedExpectations(
  { expectations = [] }: RunRecord,
  { checks, scenarios, findings }: Pick<ProfileView, 'checks' | 'scenarios' | 'findings'>,
  { endedAt, whole }: { readonly endedAt: string; readonly whole: boolean },
): Held {
  const convictions = findings.map(placeOfFinding)
  return heldAgainst(
    { checks, scenarios, convictions, complete: whole, whole },
    expectations.map(({ entry }) => entry),
    endedAt.slice(0, 10),
  )
}

function lastOf(times: readonly string[]): string | undefined {
  return times.toSorted().at(-1)
}

/** Times count from the start of a run, so what has times says of which. */
function ofRun<Each extends { readonly runId?: string }>(each: Each, { runId }: RunRecord): Each {
  return { ...each, runId: each.runId ?? runId }
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
  const byScenario = Map.groupBy(
    all.flatMap(({ dueToSentIn }) => dueToSentIn),
    ({ scenario }) => scenario,
  )
  const sum = (name: 'sent' | 'dropped' | 'staleConnections'): number =>
    all.reduce((total, each) => total + each[name], 0)
  const worst = (name: 'starvedShare' | 'busyShare' | 'cores' | 'mintingBacklog'): number =>
    Math.max(...all.map((each) => each[name]))
  return {
    sent: sum('sent'),
    ...lateness(added(all.map(({ dueToSentHdr }) => dueToSentHdr))),
    dueToSentIn: [...byScenario].map(([scenario, those]) =>
      latenessIn(scenario, added(those.map(({ hdr }) => hdr))),
    ),
    dropped: sum('dropped'),
    eventLoopDelayMs: { p99: Math.max(...all.map((each) => each.eventLoopDelayMs.p99)) },
    starvedShare: worst('starvedShare'),
    busyShare: worst('busyShare'),
    cores: worst('cores'),
    mintingBacklog: worst('mintingBacklog'),
    staleConnections: sum('staleConnections'),
  }
}
