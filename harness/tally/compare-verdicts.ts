/** Which checks and scenarios came to something worse than before. */
import type { CheckChange, Comparison, ScenarioChange } from '../model/comparison.ts'
import type { RecordedScenario } from '../model/record.ts'
import type { CheckLevel, CheckResult, Verdict } from '../model/verdict.ts'

/** How bad an answer is; null for one that proves nothing. */
type Badness = number | null

export function checkChanges(
  before: readonly CheckResult[],
  after: readonly CheckResult[],
): Comparison['checks'] {
  const known = new Map(before.filter(wasAsked).map((check) => [nameOf(check), check]))
  const changes = after.filter(wasAsked).flatMap((check): readonly Move<CheckChange>[] => {
    const old = known.get(nameOf(check))
    if (old === undefined) return []
    const { id, usage, case: name, verdict, because } = check
    const change = { id, usage, case: name, before: old.verdict, after: verdict, because }
    return [{ change, from: ofLevel(old.verdict), to: ofLevel(verdict) }]
  })
  return sorted(changes)
}

export function scenarioChanges(
  before: readonly RecordedScenario[],
  after: readonly RecordedScenario[],
): Comparison['scenarios'] {
  const known = new Map(before.filter(wasAsked).map((scenario) => [scenario.name, scenario]))
  const changes = after.filter(wasAsked).flatMap((scenario): readonly Move<ScenarioChange>[] => {
    const old = known.get(scenario.name)
    if (old === undefined) return []
    const { name, verdict, because } = scenario
    const change = { name, before: old.verdict, after: verdict, because }
    return [{ change, from: ofVerdict(old.verdict), to: ofVerdict(verdict) }]
  })
  return sorted(changes)
}

/** What is unsupported was not asked. */
export function wasAsked({ verdict }: { readonly verdict: CheckLevel | Verdict }): boolean {
  return verdict !== 'unsupported'
}

interface Move<Change> {
  readonly change: Change
  readonly from: Badness
  readonly to: Badness
}

/** From no answer to a bad one is worse, for it was not known before; from an answer to none is neither. */
function sorted<Change>(moves: readonly Move<Change>[]): {
  readonly compared: number
  readonly worse: readonly Change[]
  readonly better: readonly Change[]
  readonly unproved: readonly Change[]
  readonly same: readonly Change[]
} {
  const those = (wanted: (move: Move<Change>) => boolean): readonly Change[] =>
    moves.filter(wanted).map(({ change }) => change)
  return {
    compared: moves.length,
    worse: those(({ from, to }) => to !== null && to > (from ?? 0)),
    better: those(({ from, to }) => to !== null && (from === null ? to === 0 : to < from)),
    unproved: those(({ from, to }) => from !== null && to === null),
    // From no answer to any is one of the first two.
    same: those(({ from, to }) => from === to),
  }
}

function ofLevel(level: CheckLevel): Badness {
  switch (level) {
    case 'pass':
    case 'informational':
      return 0
    case 'non-strict':
      return 1
    case 'fail':
      return 2
    case 'inconclusive':
    case 'unsupported':
      return null
  }
}

function ofVerdict(verdict: Verdict): Badness {
  switch (verdict) {
    case 'conforms':
      return 0
    case 'breached':
      return 1
    case 'violates':
      return 2
    case 'inconclusive':
    case 'unsupported':
      return null
  }
}

function nameOf({ id, usage, case: name }: CheckResult): string {
  return JSON.stringify([id, usage, name])
}
