/** What several records say under one profile, put together. */
import { CupelError } from '../errors.ts'
import type { ProfileView, RecordedScenario } from '../model/record.ts'
import type { CheckResult } from '../model/verdict.ts'
import { derivedWords } from '../oracle/scenarios/derived-words.ts'
import { saidIn, scenarioVerdict } from '../oracle/scenarios/scenario-verdict.ts'
import { mergedDerived } from './derived.ts'
import { findings, joined } from './findings.ts'
import { settled, told, withWaiting, type Settled } from './late.ts'
import { addedCells, addedFacts, addedGuards, addedLate, addedPairs, largest } from './sums.ts'
import { rankOf } from './verdict.ts'
import { viewOf, type CountedScenario } from './view.ts'

/** What the views of all parts come to under one profile. */
export function mergedView(views: readonly ProfileView[], whole: boolean): ProfileView {
  const leeways = largest(views.flatMap((view) => view.leeways))
  const late = addedLate(views.flatMap((view) => view.late))
  const counted = addedCells(views.map((view) => withWaiting(view.rates, view.late)))
  const { cells, convicted, waiting } = settled(late, leeways, counted)
  const scenarios = mergedScenarios(
    views.flatMap((view) => view.scenarios),
    convicted,
  )
  const bothFrames = scenarios.filter(({ gates }) => gates.some(({ frame }) => frame === 'code'))
  return viewOf({
    profile: views[0]?.profile ?? '',
    checks: mergedChecks(
      views.flatMap(({ checks }) => checks),
      convicted,
    ),
    scenarios,
    cells: told(cells, new Set(bothFrames.map(({ name }) => name))),
    findings: joined([...views.flatMap((view) => view.findings), ...convicted.flatMap(found)]),
    recovery: views.flatMap(({ recovery }) => recovery),
    pairs: addedPairs(views.flatMap(({ pairs }) => pairs)),
    late: waiting,
    leeways,
    whole,
  })
}

function found({ conviction, times }: Convicted) {
  return findings([conviction]).map((finding) => ({ ...finding, times }))
}

type Convicted = Settled['convicted'][number]

/** A case belongs to one shard. Should two have it, the worse answer stands. */
function mergedChecks(
  checks: readonly CheckResult[],
  convicted: readonly Convicted[],
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
    const worst = group.toSorted((a, b) => rankOf(a.verdict) - rankOf(b.verdict))[0]
    if (worst === undefined) return []
    if (!cases.has(worst.caseId)) return [worst]
    return [
      {
        ...worst,
        verdict: 'fail' as const,
        because: 'one of its requests was convicted by itself; the findings tell of what',
      },
    ]
  })
}

function mergedScenarios(
  scenarios: readonly RecordedScenario[],
  convicted: readonly Convicted[],
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
    const { verdict, because: why } = supported(group)
      ? scenarioVerdict(facts, guards, first.terms, true)
      : first
    const { name, question, terms } = first
    // What climbs is asked by one shard alone.
    const conclusion = group.map((each) => each.conclusion).find((each) => each !== undefined)
    const judging = group.filter((each) => (each.facts?.judged ?? 0) > 0)
    const derived = mergedDerived(judging.map((each) => each.derived ?? []))
    const because = supported(group)
      ? `${why}${derivedWords(derived)}${saidIn(conclusion ?? null)}`
      : why
    const gates = first.gates.map(({ gate }) => gate)
    const result = { name, question, verdict, because, guards, gates, facts, terms }
    return [
      {
        ...result,
        ...(conclusion === undefined ? {} : { conclusion }),
        ...(derived.length === 0 ? {} : { derived }),
      },
    ]
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
