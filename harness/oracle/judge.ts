/** The judge: a fold over a history under one profile. It says what facts mean; nothing else in the harness does. */
import { CupelError } from '../errors.ts'
import type { Observation } from '../model/history.ts'
import type { Judging } from '../model/judging.ts'
import type { Json } from '../model/plan.ts'
import type { Policy } from '../model/policy.ts'
import type { CheckResult, Judge, Judgement } from '../model/verdict.ts'
import { openCells, type Cells } from './cells.ts'
import { openChecks, type Checks } from './checks.ts'
import { classify } from './classify.ts'
import { openClocks, type Clocks } from './clocks.ts'
import { openCharges, type Charges } from './convictions.ts'
import { count } from './counting.ts'
import { counterexamples } from './counterexamples.ts'
import { agreed } from './deserves.ts'
import { charge } from './group-charges.ts'
import { openHold } from './hold.ts'
import { openKeys, type Keys } from './keys.ts'
import { openLedger } from './ledger.ts'
import { openLive, type LiveFigures } from './live.ts'
import { singleUseOf } from './obligation.ts'
import { openFaults, type Faults } from './phases.ts'
import { openRemarks, type Remarks } from './remarks.ts'
import { openScenarios, type Scenarios } from './scenarios.ts'
import { placeFinder, type Place, type Settlement } from './settlement.ts'
import { sight, type Sighting } from './sighting.ts'
import { openStanding, type Standing } from './standing.ts'
import type { Telling } from './witness.ts'

const CHECKS = 'checks'

/**
 * `conclude` may be called more than once, and sees what came since: a run concludes before its footer is written.
 *
 * @throws {CupelError} ERR_UNKNOWN_NAME for a profile that the history does not know.
 */
export function openJudge(judging: Judging, profile: string): Judge {
  const bench = openBench(judging, profile)
  const { checks, clocks, faults, live } = bench
  const drawn = new Set(judging.scenarios.filter((each) => each.drawn).map(({ name }) => name))
  const hold = openHold((observation) => {
    for (const sighting of sighted(observation, bench)) weigh(sighting, bench)
  })
  return {
    see(event) {
      clocks.see(event)
      switch (event.kind) {
        case 'header':
          bench.telling = { startedUs: event.startedUs, runId: event.runId }
          return
        case 'observed':
          bench.observed += 1
          if (isRelayed(event)) bench.way.relayed = true
          glance(event, bench)
          return hold.push(event)
        case 'fault':
          return faults.see(event)
        case 'clock':
          return hold.measured(event.node, event.atUs)
        case 'concluded':
          bench.ended.set(event.scenario, event.result)
          return
        case 'footer':
          bench.complete = true
          return
        case 'round':
        case 'measured':
          return
      }
    },
    soFar(scenario) {
      const figures = { live: { ...live.of(scenario) } }
      if (scenario === CHECKS) return { ...figures, lost: checks.blocks.lost() }
      if (!drawn.has(scenario)) return figures
      return { ...figures, failing: casesOf(scenario, bench.charges.violated.cases) }
    },
    conclude() {
      hold.flush()
      for (const each of bench.keys.conclude()) settle(each, bench)
      bench.standing.conclude()
      return judgement(bench)
    },
  }
}

/** Everything that one judge keeps. */
interface Bench {
  readonly judging: Judging
  readonly profile: string
  readonly policy: Policy
  readonly clocks: Clocks
  readonly faults: Faults
  readonly standing: Standing
  readonly charges: Charges
  readonly cells: Cells
  readonly checks: Checks
  readonly scenarios: Scenarios
  readonly live: LiveFigures
  readonly remarks: Remarks
  readonly keys: Keys
  readonly placeOf: (observation: Observation) => Place | null
  readonly way: { relayed: boolean }
  /** Endpoints that answered without any credential: what they accept proves nothing. */
  readonly open: Set<string>
  /** Scenarios that ran to their end, and what each came to. */
  readonly ended: Map<string, Json>
  telling: Telling
  observed: number
  complete: boolean
}

function openBench(judging: Judging, profile: string): Bench {
  const policy = judging.policies[profile]
  if (policy === undefined) throw unknownProfile(judging, profile)
  const { target } = judging
  const clocks = openClocks(target.nodes, target.clocks)
  const faults = openFaults(judging.scenarios)
  const placeOf = placeFinder(judging)
  const { survives, path } = target.declares
  const way = { relayed: false }
  const ledger = openLedger({
    highestUs: (fromUs, toUs) => clocks.highestUs(fromUs, toUs),
    forgetting: (fromUs, toUs) =>
      faults.forgetting(fromUs, toUs).filter((fault) => !survives.includes(fault)),
    get path() {
      return way.relayed ? 'unknown' : path
    },
  })
  return {
    judging,
    profile,
    policy,
    clocks,
    faults,
    standing: openStanding(),
    charges: openCharges(),
    cells: openCells(),
    checks: openChecks(judging, profile),
    scenarios: openScenarios(judging),
    live: openLive(),
    remarks: openRemarks(),
    keys: openKeys(ledger, ({ observation }) => placeOf(observation)),
    placeOf,
    way,
    open: new Set(),
    ended: new Map(),
    telling: { startedUs: 0, runId: '' },
    observed: 0,
    complete: false,
  }
}

function sighted(observation: Observation, bench: Bench): readonly Sighting[] {
  const { policy, judging } = bench
  const standard = { policy, target: judging.target }
  const sightings = observation.presented.map((each) => sight(observation, each, standard, bench))
  if (!bench.open.has(observation.endpoint)) return sightings
  return sightings.map((each) =>
    each.outcome === 'accepted' ? { ...each, outcome: 'elsewhere' as const } : each,
  )
}

/** What is known of an answer at once: lost controls are asked for again, and figures are watched, before clocks are read. */
function glance(observation: Observation, bench: Bench): void {
  const { policy, judging, checks, live } = bench
  const place = bench.placeOf(observation)
  if (isControl(observation)) {
    if (observation.presented.length === 0 && isGranted(observation)) {
      bench.open.add(observation.endpoint)
    }
    for (const each of sighted(observation, bench)) checks.blocks.see(each)
  }
  for (const presentation of observation.presented) {
    const { usage } = presentation
    if (place !== null && usage !== place.stream.usage) continue
    live.see({
      observation,
      presentation,
      outcome: classify(observation, presentation, policy),
      place,
      expected: checks.rowFor({ observation, presentation })?.deserves ?? 'either',
      singleUse: singleUseOf(judging.target, policy, usage) !== null,
    })
  }
}

/** Weighs one presentation, and whatever its coming settles. */
function weigh(sighting: Sighting, bench: Bench): void {
  const { observation, presentation, code, outcome } = sighting
  bench.remarks.sighted(sighting)
  if (outcome === 'accepted' && code.deserves !== 'reject') {
    const { principal, begunUs, answeredUs, dueUs } = observation
    bench.standing.accepted(principal, begunUs ?? dueUs, answeredUs ?? Infinity)
  }
  bench.checks.see(sighting)
  const place = bench.placeOf(observation)
  if (presentation.key === null) {
    settle({ sightings: [sighting], group: null, place }, bench)
    return
  }
  const row = bench.checks.rowFor(sighting)
  const deserved = row === undefined ? code.deserves : agreed(code, row.deserves)
  for (const each of bench.keys.see(presentation.key, sighting, deserved)) settle(each, bench)
}

/** Convicts, counts and guards by one credential that nothing more can come of. */
function settle(settlement: Settlement, bench: Bench): void {
  const { judging, policy, telling, standing, cells, checks, charges, scenarios } = bench
  charge(settlement, {
    judging,
    policy,
    telling,
    standing,
    checkOf: (caseId) => checks.checkOf(caseId),
    add: (each) => charges.add(each),
  })
  bench.remarks.see(settlement)
  const { place, sightings } = settlement
  const usage = sightings[0]?.presentation.usage
  // What else a request carries is there to make it whole: it is judged, and in no rate.
  if (place === null || usage !== place.stream.usage) return
  // Nor is what was asked because of earlier answers: it is no fair draw (oracle.md, section 5).
  if (sightings.some(({ observation }) => observation.round > 0)) return
  const sum = scenarios.sum(place.scenario.name)
  const singleUse = singleUseOf(judging.target, policy, usage) !== null
  count(settlement, place, { cells, standing, sum, singleUse })
  scenarios.see(settlement, place, singleUse)
}

function judgement(bench: Bench): Judgement {
  const { judging, profile, charges, checks, telling, complete, ended, faults, observed } = bench
  const report = checks.conclude(charges.violated.cases, telling)
  const smallest = new Set([...ended.values()].flatMap(counterexamples))
  const { convictions, notes } = charges.conclude(report.convictions, smallest)
  const bothFrames = judging.scenarios.filter(({ gates }) =>
    gates.some(({ frame }) => frame === 'code'),
  )
  return {
    profile,
    complete,
    checks: complete ? report.results : report.results.map(unproved),
    scenarios: bench.scenarios.conclude({
      faults,
      violated: charges.violated.scenarios,
      ended: complete ? ended : null,
    }),
    convictions,
    cells: bench.cells.conclude(new Set(bothFrames.map(({ name }) => name))),
    series: [],
    pairs: [],
    late: [],
    leeways: [],
    observed,
    notes: [
      ...notes,
      ...(bench.open.size > 0 ? [OPEN] : []),
      ...bench.standing.notes(),
      ...bench.remarks.conclude(complete),
    ],
  }
}

function casesOf(scenario: string, cases: ReadonlySet<string>): readonly string[] {
  return [...cases].filter((each) => each.startsWith(`${scenario}/`))
}

/** Somebody stood between and said so (RFC 9110 §7.6.3), whatever the target file says of the path. */
function isRelayed({ answer }: Observation): boolean {
  return answer.kind === 'reply' && Object.hasOwn(answer.headers, 'via')
}

const OPEN =
  'The resource answered a request without any token. What it accepts proves nothing: name one that needs a token.'

function isGranted({ answer }: Observation): boolean {
  return answer.kind === 'reply' && answer.status >= 200 && answer.status < 300
}

function isControl({ caseId }: Observation): boolean {
  return caseId.startsWith('control/')
}

/** Whatever was not seen may have been wrong. */
function unproved(result: CheckResult): CheckResult {
  if (result.verdict !== 'pass' && result.verdict !== 'non-strict') return result
  return { ...result, verdict: 'inconclusive', because: 'the history has no footer' }
}

function unknownProfile(judging: Judging, profile: string): CupelError {
  return new CupelError(
    'ERR_UNKNOWN_NAME',
    `the history knows no profile ${JSON.stringify(profile)}`,
    {
      hint: `It knows ${Object.keys(judging.policies).join(', ')}.`,
    },
  )
}
