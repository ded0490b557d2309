/** The verdict of each scenario, from its guards, its convictions and what stayed undecided. */
import type { Judging } from '../../model/judging.ts'
import type { Json } from '../../model/plan.ts'
import type { Guard } from '../../model/scenario.ts'
import type { ScenarioResult } from '../../model/verdict.ts'
import type { Judged } from '../counts/counting.ts'
import { derivedWords } from './derived-words.ts'
import { openGuards, type Guards } from './guards.ts'
import type { Effort } from './effort.ts'
import type { KeyTimes } from './key-times.ts'
import { openNumbers } from './numbers.ts'
import type { Faults } from '../time/phases.ts'
import type { Place } from './places.ts'
import { saidIn, scenarioVerdict } from './scenario-verdict.ts'
import type { TokenLives } from './token-lives.ts'
import { revocationsFor, tokenTimes } from './token-times.ts'
import { isSearchedFor, type Settlement } from '../settlement.ts'
import type { Exhibit } from '../sighting.ts'

export interface Scenarios {
  /** The counts of one scenario; made when they are first asked for. */
  sum(scenario: string): Judged
  /** @param singleUse Whether the target is held to accepting each credential once. */
  see(settlement: Settlement, place: Place, singleUse: boolean): void
  /** A refusal among them proves nothing, since its party may have been locked out: what it counted for is taken back. */
  doubt(settlement: Settlement, refused: Exhibit): void
  conclude(facts: {
    readonly faults: Faults
    readonly violated: ReadonlySet<string>
    readonly effort: Effort
    readonly keyTimes: KeyTimes
    readonly lives: TokenLives
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
  const unpromised = new Map<string, number>()
  const numbers = openNumbers()
  const sum = (scenario: string): Judged => {
    const known = sums.get(scenario)
    if (known !== undefined) return known
    const fresh = { judged: 0, undecided: 0 }
    sums.set(scenario, fresh)
    return fresh
  }
  return {
    sum,
    see(settlement, { scenario, stream }, singleUse) {
      const { sightings, group } = settlement
      const { name } = scenario
      numbers.see(settlement)
      if (singleUse) unclocked.set(name, (unclocked.get(name) ?? 0) + unclockedDoubles(group))
      else if (group !== null && isTold(group))
        unpromised.set(name, (unpromised.get(name) ?? 0) + group.doubles.length)
      if (isTold(group)) guards.get(name)?.see(stream, sightings)
    },
    doubt(settlement, refused) {
      const { place, sightings, group } = settlement
      if (place?.stream.usage !== refused.usage || isSearchedFor(settlement)) return
      sum(refused.scenario).undecided += 1
      if (isTold(group)) guards.get(refused.scenario)?.doubt(place.stream, refused, sightings)
    },
    conclude: ({ faults, violated, effort, keyTimes, lives, ended }) =>
      judging.scenarios.map((scenario) => {
        const revoked = lives.of(scenario.name)
        const revocations = (guard: Guard): number => revocationsFor(guard, revoked, judging.target)
        const met = guards.get(scenario.name)?.conclude(faults, revocations) ?? []
        const { name, question, unsupported } = scenario
        const again = unpromised.get(name) ?? 0
        const facts = {
          ...sum(name),
          unclocked: unclocked.get(name) ?? 0,
          ...(again === 0 ? {} : { unpromised: again }),
          // What climbs ends where the harness fails, and says so.
          intolerable: scenario.climb === undefined ? effort.intolerable(scenario) : [],
          ended: ended?.has(name) ?? false,
          violated: violated.has(name),
        }
        const { verdict, because } =
          unsupported === null
            ? scenarioVerdict(facts, met, scenario, ended !== null)
            : ({ verdict: 'unsupported', because: unsupported } as const)
        const conclusion = ended?.get(name) ?? null
        const derived = [...numbers.of(name, keyTimes, effort.total(name)), ...tokenTimes(revoked)]
        const words = `${because}${derivedWords(derived)}${saidIn(conclusion)}`
        const told = { name, question, verdict, because: words, guards: met, ...facts }
        const result = derived.length === 0 ? told : { ...told, derived }
        return conclusion === null ? result : { ...result, conclusion }
      }),
  }
}

/** One token in two answers may be one issuance told twice: neither a memory nor the lack of one is seen. */
function isTold(group: Settlement['group']): boolean {
  return group === null || group.sameToken.length === 0
}

function unclockedDoubles(group: Settlement['group']): number {
  if (group === null) return 0
  return group.doubles.filter(
    ({ needsUs, straddles, second }) =>
      needsUs === Infinity && straddles.length === 0 && !Number.isFinite(second.offset.highUs),
  ).length
}
