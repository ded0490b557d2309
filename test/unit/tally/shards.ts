/** What a judge would have made of some work, piece by piece, and the records of it whole and in shards. */
import type { Cell, Pairs } from '../../../harness/model/counts.ts'
import type { ExpectedFailure } from '../../../harness/model/expected.ts'
import type { JudgedScenario, Judging, PlannedWork } from '../../../harness/model/judging.ts'
import type { RunRecord } from '../../../harness/model/record.ts'
import type { Gate } from '../../../harness/model/scenario.ts'
import type { CheckLevel, Judgement, Late } from '../../../harness/model/verdict.ts'
import { honesty } from '../../../harness/tally/honesty.ts'
import { latencies } from '../../../harness/tally/latency.ts'
import { merged } from '../../../harness/tally/merge.ts'
import { assemble } from '../../../harness/tally/record.ts'
import { aCell } from './cells.ts'
import { aCheckResult, aConviction } from './convictions.ts'
import { aHeader, anObservation } from './events.ts'
import { JUDGING } from './judging.ts'
import { sumsOver, type Counted } from './samples.ts'

/** One unit of work, such as one race or one second of a node: it is never cut. */
export interface Work {
  readonly scenario: 'race' | 'cut'
  readonly attack: 'replay' | 'forged'
  readonly counted: Counted
  /** Owed an answer and given none. */
  readonly unknown: number
  readonly undecided: number
  readonly convicted: boolean
  /** A second acceptance that waits for a leeway: how large a one, and what the code's frame counts until then. */
  readonly late: { readonly needsMs: number; readonly instead: Late['instead'] } | null
  readonly leewayMs: number
  readonly answeredMs: number
  readonly check: { readonly name: string; readonly verdict: CheckLevel } | null
}

const GATE: Gate = { metric: 'far', attack: null, phase: null, frame: 'world', below: 0.2 }
const CODE: Gate = { metric: 'far', attack: 'replay', phase: 'steady', frame: 'code', below: 0.4 }

const TERMS = { conforms: 'It did.', violates: 'It did not.' }

function scenarioOf(name: string): JudgedScenario {
  const stream = {
    usage: 'client-authentication',
    by: 'hostile',
    arrivals: { kind: 'in-turn', count: 9 },
    copies: 2,
    release: 'in-turn',
    gapSeconds: 0,
    nodes: 'rotate',
    lifetimeSeconds: 60,
  } as const
  return {
    name,
    question: `${name}?`,
    means: TERMS,
    streams: [
      { ...stream, name: 'a', attack: 'replay' },
      { ...stream, name: 'b', attack: 'forged' },
    ],
    faults: [],
    guards: [{ name: 'units', counts: 'races', needed: 4 }],
    // Only what a gate asks for is told in the code's frame even where it does not differ.
    gates: name === 'race' ? [GATE, CODE] : [GATE],
    maxUndecided: 0.1,
    unsupported: null,
  }
}

function judgingOf(plan: PlannedWork): Judging {
  const asked = ['rfc7523', 'oidc-core']
  return { ...JUDGING, plan, asked, scenarios: ['race', 'cut'].map(scenarioOf) }
}

export interface Shape {
  readonly runId: string
  readonly shard?: { readonly index: number; readonly of: number } | null
  readonly seed?: string
  readonly digest?: string
  readonly expected?: readonly ExpectedFailure[]
}

/** The record of a run that did this work. */
export function recordOf(
  works: readonly Work[],
  { runId, shard = null, ...more }: Shape,
): RunRecord {
  const { seed = '7', digest = 'd'.repeat(64), expected } = more
  const [latency, generator] = [latencies(), honesty()]
  for (const { answeredMs, scenario } of works) {
    const observation = anObservation({ scenario, answeredUs: 1_001_000 + answeredMs * 1000 })
    latency.see(observation)
    generator.see(observation)
  }
  const judgements = ['rfc7523', 'oidc-core'].map((profile) => judgementOf(works, profile))
  return assemble({
    judgements,
    header: { ...aHeader(works.length), runId, seed },
    judging: judgingOf({ digest, repeat: 1, shard }),
    endedUs: 99,
    isoTime: (us) => `at ${us}`,
    digest: (text) => `digest of ${text}`,
    versions: { cupel: '1.2.3', node: 'v24' },
    latency: latency.conclude(),
    generator: generator.conclude(),
    faults: [],
    interrupted: null,
    notes: [],
    ...(expected === undefined ? {} : { expected }),
  })
}

function judgementOf(works: readonly Work[], profile: string): Judgement {
  const leewayMs = Math.max(0, ...works.map((work) => work.leewayMs))
  const settledLate = works.map((work) => settle(work, leewayMs))
  return {
    profile,
    complete: true,
    checks: works.flatMap(({ check }) =>
      check === null ? [] : [aCheckResult({ case: check.name, verdict: check.verdict })],
    ),
    scenarios: ['race', 'cut'].flatMap((name) => scenarioResult(name, settledLate)),
    convictions: settledLate.flatMap(({ work: { convicted, scenario }, now }) =>
      [convicted, now].filter(Boolean).map(() => aConviction({ scenario })),
    ),
    times: {},
    cells: cellsOf(settledLate),
    series: [],
    pairs: works.map(pairsOf),
    late: settledLate.flatMap(({ waiting }) => waiting),
    leeways:
      leewayMs === 0 ? [] : [{ part: 'client_assertion', party: 'honest', seenMs: leewayMs }],
    keys: { ofRun: works.length, others: [] },
    observed: works.length,
    notes: [],
  }
}

interface SettledWork {
  readonly work: Work
  /** Whether a leeway was seen that makes its late ones false accepts. */
  readonly now: boolean
  readonly waiting: readonly Late[]
}

/** As the judge settles at the end of a history what waited for the leeway. */
function settle(work: Work, leewayMs: number): SettledWork {
  const { late, scenario, attack } = work
  if (late === null) return { work, now: false, waiting: [] }
  if (late.needsMs < leewayMs) return { work, now: true, waiting: [] }
  const { metric, phase, node } = aCell()
  const { needsMs, instead } = late
  const waits = {
    part: 'client_assertion',
    party: 'honest',
    needsMs,
    times: 1,
    nodes: null,
  } as const
  const cell = { metric, frame: 'code', scenario, attack, phase, node } as const
  return {
    work,
    now: false,
    waiting: [
      { ...waits, cell, instead, conviction: null },
      { ...waits, cell: null, instead: null, conviction: aConviction({ scenario }) },
    ],
  }
}

function cellsOf(works: readonly SettledWork[]): readonly Cell[] {
  const groups = Map.groupBy(works, ({ work: { scenario, attack } }) => `${scenario} ${attack}`)
  return [...groups.values()].flatMap((group) => {
    const [world, code] = (['world', 'code'] as const).map((frame) => cellOf(group, frame))
    const differs = JSON.stringify({ ...world, frame: 'code' }) !== JSON.stringify(code)
    const both = group[0]?.work.scenario === 'race' || differs
    return [world, both ? code : undefined].filter(
      (cell) => cell !== undefined && cell.owed > 0,
    ) as readonly Cell[]
  })
}

function cellOf(group: readonly SettledWork[], frame: 'world' | 'code'): Cell {
  const { scenario = 'race', attack = 'replay' } = group[0]?.work ?? {}
  const counted = group.map((each) => countedIn(each, frame))
  const sum = (at: 0 | 1 | 2): number => counted.reduce((total, each) => total + each[at], 0)
  const units = counted.map(([events, trials]): Counted => [events, trials])
  return aCell({
    frame,
    scenario,
    attack,
    unit: 'node-second',
    events: sum(0),
    trials: sum(1),
    owed: sum(2),
    worst: sum(0) + sum(2) - sum(1),
    over: sumsOver(units.filter(([, trials]) => trials > 0)),
  })
}

/** In the world's frame a late one is an event; in the code's it is one once it is known to be false. */
function countedIn(
  { work: { counted, unknown, late }, now }: SettledWork,
  frame: 'world' | 'code',
): readonly [events: number, trials: number, owed: number] {
  const [events, trials] = counted
  if (late === null) return [events, trials, trials + unknown]
  if (frame === 'world' || now) return [events + 1, trials + 1, trials + unknown + 1]
  switch (late.instead) {
    case 'other':
      return [events, trials + 1, trials + unknown + 1]
    case 'unknown':
      return [events, trials, trials + unknown + 1]
    case null:
      return [events, trials, trials + unknown]
  }
}

function scenarioResult(name: string, all: readonly SettledWork[]): Judgement['scenarios'] {
  const own = all.filter(({ work }) => work.scenario === name)
  if (own.length === 0) return []
  const violated = own.some(({ work, now }) => work.convicted || now)
  const judged = own.reduce((sum, { work }) => sum + work.counted[1] + work.undecided, 0)
  const undecided = own.reduce((sum, { work }) => sum + work.undecided, 0)
  const seen = own.length
  const guards = [{ name: 'units', needed: 4, seen }]
  const doubtful = judged === 0 || undecided / judged > 0.1 || seen < 4
  const verdict = violated ? 'violates' : doubtful ? 'inconclusive' : 'conforms'
  const told = { name, question: `${name}?`, verdict, because: because(verdict), guards } as const
  return [{ ...told, judged, undecided, unclocked: 0, intolerable: [], ended: true, violated }]
}

/** The words of an inconclusive verdict are the judge's own; whoever compares leaves them out. */
function because(verdict: string): string {
  if (verdict === 'inconclusive') return ''
  return verdict === 'violates' ? TERMS.violates : TERMS.conforms
}

function pairsOf({ scenario, attack, counted: [accepted, trials] }: Work): Pairs {
  const counts = { accepted, refused: trials - accepted, unavailable: 0, undecided: 0 }
  return { scenario, attack, first: 'before', second: 'during', nodes: 'other', ...counts }
}

export function mergedOf(records: readonly RunRecord[]): RunRecord {
  return merged(records.map((record, index) => ({ name: `part-${index}`, record })))
}

/** A race that went well; a test names what differs. */
export function aRace(change: Partial<Work>): Work {
  return {
    scenario: 'race',
    attack: 'replay',
    counted: [0, 1],
    unknown: 0,
    undecided: 0,
    convicted: false,
    late: null,
    leewayMs: 0,
    answeredMs: 5,
    check: null,
    ...change,
  }
}
