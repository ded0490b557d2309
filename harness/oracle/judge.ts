/** The judge: a fold over a history under one profile. It says what facts mean; nothing else in the harness does. */
import type { Json } from '../model/plan.ts'
import type { Judging } from '../model/judging.ts'
import type { CheckResult, Conviction, Judge, Judgement } from '../model/verdict.ts'
import { CHECKS, openBench, type Bench } from './bench.ts'
import { revokedTokens } from './charges/revoked-token.ts'
import { excuseOf } from './checks/check-excuses.ts'
import { counterexamples } from './scenarios/counterexamples.ts'
import { openHold } from './time/hold.ts'
import { takeIn } from './intake.ts'
import type { Entry } from './replay/late.ts'
import { deadWords } from './replay/trials.ts'
import type { Draft } from './sighting.ts'
import { settle, weigh } from './weighing.ts'

/**
 * `conclude` may be called more than once, and sees what came since: a run concludes before its footer is written.
 *
 * @throws {CupelError} ERR_UNKNOWN_NAME for a profile that the history does not know.
 */
export function openJudge(judging: Judging, profile: string): Judge {
  const bench = openBench(judging, profile)
  const { checks, clocks, effort, faults, live } = bench
  const hold = openHold<Draft>((sighting) => weigh(sighting, bench))
  const push = (sighting: Draft, untilUs: number): void => hold.push(sighting, untilUs)
  return {
    see(event) {
      switch (event.kind) {
        case 'header':
          bench.telling = { startedUs: event.startedUs, runId: event.runId }
          return
        case 'observed':
          return takeIn(event, bench, push)
        case 'fault':
          clocks.see(event)
          return faults.see(event)
        case 'clock':
          clocks.see(event)
          return hold.measured(event.node, event.atUs)
        case 'measured':
          effort.see(event)
          return clocks.see(event)
        case 'concluded':
          hold.settle()
          bench.ended.set(event.scenario, event.result)
          return
        case 'footer':
          bench.complete = true
          return
        case 'round':
          return hold.settle()
      }
    },
    watched: (scenario) => ({ live: { ...live.of(scenario) } }),
    soFar(scenario) {
      hold.settle()
      const figures = {
        live: { ...live.of(scenario) },
        measured: effort.latest(scenario),
        violated: bench.charges.violated.scenarios.has(scenario),
        ...(bench.steered.has(scenario) ? { cells: cellsSoFar(scenario, bench) } : {}),
      }
      if (scenario === CHECKS)
        return { ...figures, lost: checks.blocks.lost(), failed: checks.failed() }
      if (!bench.drawn.has(scenario)) return figures
      const failing = casesOf(scenario, bench.charges.violated.cases)
      return { ...figures, failing: [...failing, ...bench.crashes.cases(scenario)] }
    },
    conclude() {
      hold.flush()
      for (const group of bench.ledger.conclude()) {
        const [first] = group.uses
        settle({ sightings: group.uses, group, place: first?.place ?? null }, bench)
      }
      bench.standing.conclude()
      return judgement(bench)
    },
  }
}

function judgement(bench: Bench): Judgement {
  const { profile, charges, checks, telling, faults, ledger } = bench
  bench.outages.conclude()
  const settled = bench.late.settle(ledger.leeways)
  const violated = charges.violatedWith(settled.charges)
  const report = checks.conclude(violated.cases, {
    telling,
    excuseOf: (refused) => excuseOf(refused, bench),
  })
  const smallest = new Set([...bench.ended.values()].flatMap(counterexamples))
  const total = (scenario: string): Readonly<Record<string, number>> => bench.effort.total(scenario)
  // Who asks again may have got a token that it gave nobody.
  const counts = bench.singleUse['client-authentication'] && bench.way.path === 'direct'
  const issued = counts
    ? bench.issued.conclude(bench.judging.scenarios, (scenario) => total(scenario)['tokens-issued'])
    : []
  const crashed = bench.crashes.conclude(telling)
  const further = [...issued, ...crashed, ...revokedIn(bench)]
  const costs = [...bench.keyTimes.conclude(total), ...further]
  const told = charges.conclude([...report.convictions, ...costs], settled.charges, smallest)
  const { cells, series } = counted(bench, settled.entries)
  return {
    profile,
    complete: bench.complete,
    checks: bench.complete ? report.results : report.results.map(unproved),
    scenarios: bench.scenarios.conclude({
      faults,
      violated: new Set([
        ...violated.scenarios,
        ...further.flatMap(({ obliges, scenario }) => (obliges ? [scenario] : [])),
      ]),
      effort: bench.effort,
      keyTimes: bench.keyTimes,
      lives: bench.lives,
      ended: bench.complete ? bench.ended : null,
    }),
    convictions: told.convictions,
    times: told.times,
    cells,
    series,
    pairs: bench.pairs.conclude(),
    late: settled.waiting,
    leeways: ledger.leeways
      .all()
      .map(({ seenUs, ...granted }) => ({ ...granted, seenMs: seenUs / 1_000 })),
    keys: bench.keys.conclude(),
    observed: bench.observed,
    notes: [
      ...told.notes,
      ...(bench.open.size > 0 ? [OPEN] : []),
      ...(ledger.deadTokens > 0 ? [deadWords(ledger.deadTokens)] : []),
      ...bench.limits.notes(checks.blocks.all()),
      ...bench.unread.notes(),
      ...bench.standing.notes(),
      ...bench.lockOuts.notes(),
      ...bench.remarks.conclude(bench.complete, settled.charges),
    ],
  }
}

function revokedIn({ judging, lives, faults, telling }: Bench): readonly Conviction[] {
  const { scenarios, target } = judging
  return scenarios.flatMap(({ name }) => revokedTokens(lives.of(name), { target, faults, telling }))
}

function counted({ judging, cells, faults, telling }: Bench, late: readonly Entry[]) {
  const bothFrames = judging.scenarios.filter(({ gates }) =>
    gates.some(({ frame }) => frame === 'code'),
  )
  return cells.conclude({
    late,
    bothFrames: new Set(bothFrames.map(({ name }) => name)),
    windowAt: (scenario, second) => faults.windowAt(scenario, telling.startedUs + second * 1e6),
  })
}

/** As plain data: what waits for clocks or for later copies is not among it. */
function cellsSoFar(name: string, bench: Bench): readonly Json[] {
  const { entries } = bench.late.settle(bench.ledger.leeways)
  const { cells } = counted(bench, entries)
  return cells
    .filter(({ scenario }) => scenario === name)
    .map(({ over, ...cell }) => ({ ...cell, over: { ...over } }))
}

function casesOf(scenario: string, cases: ReadonlySet<string>): readonly string[] {
  return [...cases].filter((each) => each.startsWith(`${scenario}/`))
}

const OPEN =
  'The resource answered a request without any token. What it accepts proves nothing: name one that needs a token.'

/** Whatever was not seen may have been wrong. */
function unproved(result: CheckResult): CheckResult {
  if (result.verdict !== 'pass' && result.verdict !== 'non-strict') return result
  return { ...result, verdict: 'inconclusive', because: 'the history has no footer' }
}
