/** The verdict of each scenario, from its guards, its convictions and what stayed undecided. */
import type { JudgedScenario, Judging } from '../model/judging.ts'
import type { Json } from '../model/plan.ts'
import type { GuardResult, ScenarioResult, Verdict } from '../model/verdict.ts'
import type { Judged } from './counting.ts'
import { openGuards, type Guards } from './guards.ts'
import type { Effort } from './effort.ts'
import type { Faults } from './phases.ts'
import type { Place } from './places.ts'
import type { Settlement } from './settlement.ts'

export interface Scenarios {
  /** The counts of one scenario; made when they are first asked for. */
  sum(scenario: string): Judged
  /** @param singleUse Whether the target is held to accepting each credential once. */
  see(settlement: Settlement, place: Place, singleUse: boolean): void
  conclude(facts: {
    readonly faults: Faults
    readonly violated: ReadonlySet<string>
    readonly effort: Effort
    /** Scenarios that ran to their end, by name, and what each came to; null while the history has no footer. */
    readonly ended: ReadonlyMap<string, Json> | null
  }): readonly ScenarioResult[]
}

export function openScenarios(judging: Judging): Scenarios {
  const sums = new Map<string, Judged>()
  const guards = new Map<string, Guards>(
    judging.scenarios.map((scenario) => [scenario.name, openGuards(scenario)]),
  )
  const unclocked = new Map<string, number>()
  const sum = (scenario: string): Judged => {
    const known = sums.get(scenario)
    if (known !== undefined) return known
    const fresh = { judged: 0, undecided: 0 }
    sums.set(scenario, fresh)
    return fresh
  }
  return {
    sum,
    see({ sightings, group }, { scenario, stream }, singleUse) {
      const { name } = scenario
      if (singleUse) unclocked.set(name, (unclocked.get(name) ?? 0) + unclockedDoubles(group))
      // One token in two answers may be one issuance told twice: neither a memory nor the lack of one is seen.
      if (group === null || group.sameToken.length === 0) guards.get(name)?.see(stream, sightings)
    },
    conclude: ({ faults, violated, effort, ended }) =>
      judging.scenarios.map((scenario) => {
        const met = guards.get(scenario.name)?.conclude(faults) ?? []
        const { judged, undecided } = sum(scenario.name)
        const of = {
          scenario,
          guards: met,
          judged,
          undecided,
          unclocked: unclocked.get(scenario.name) ?? 0,
          // What climbs ends where the harness fails, and says so.
          intolerable: scenario.climb === undefined ? effort.intolerable(scenario) : [],
        }
        const { verdict, because } =
          scenario.unsupported === null
            ? verdictOf(of, violated, ended)
            : ({ verdict: 'unsupported', because: scenario.unsupported } as const)
        const { name, question } = scenario
        const conclusion = ended?.get(scenario.name) ?? null
        const words = [because, ...saidIn(conclusion)].join(' ')
        const told = { name, question, verdict, because: words, guards: met, undecided, judged }
        return conclusion === null ? told : { ...told, conclusion }
      }),
  }
}

interface Facts {
  readonly scenario: JudgedScenario
  readonly guards: readonly GuardResult[]
  readonly judged: number
  readonly undecided: number
  /** Second acceptances that might have been right by a clock that nobody measured. */
  readonly unclocked: number
  /** What the harness did worse than the scenario tolerates, in words. */
  readonly intolerable: readonly string[]
}

/** Gates are not among the reasons: they stand on bounds of rates, which are computed after the judge. */
function verdictOf(
  { scenario, guards, judged, undecided, unclocked, intolerable }: Facts,
  violated: ReadonlySet<string>,
  ended: ReadonlyMap<string, Json> | null,
): { readonly verdict: Verdict; readonly because: string } {
  if (violated.has(scenario.name)) {
    return { verdict: 'violates', because: scenario.means.violates }
  }
  const share = judged === 0 ? 0 : undecided / judged
  const unmet = guards.filter(({ needed, seen }) => seen < needed)
  const doubts = [
    ...(ended === null ? ['the history has no footer'] : []),
    ...(ended !== null && !ended.has(scenario.name) ? ['it did not run to its end'] : []),
    ...(judged === 0 ? ['nothing was judged'] : []),
    ...(unclocked > 0
      ? [
          `${unclocked} second acceptances cannot be held against it, for no clock of the target was measured (clock: in the target file)`,
        ]
      : []),
    ...intolerable,
    ...unmet.map(({ name, needed, seen }) => `${name}: ${seen} of ${needed}`),
    ...(share > scenario.maxUndecided
      ? [`${undecided} of ${judged} stayed undecided, more than ${scenario.maxUndecided * 100} %`]
      : []),
  ]
  if (doubts.length > 0) return { verdict: 'inconclusive', because: doubts.join('; ') }
  return { verdict: 'conforms', because: scenario.means.conforms }
}

/** What an experiment has to say of itself, as a sentence. */
function saidIn(conclusion: Json): readonly string[] {
  const says = isObject(conclusion) ? conclusion['says'] : undefined
  return typeof says === 'string' ? [`It was ${says}.`] : []
}

function isObject(value: Json): value is { readonly [name: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function unclockedDoubles(group: Settlement['group']): number {
  if (group === null) return 0
  return group.doubles.filter(
    ({ needsUs, straddles, second }) =>
      needsUs === Infinity && straddles.length === 0 && !Number.isFinite(second.offset.highUs),
  ).length
}
