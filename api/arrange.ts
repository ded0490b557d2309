/** From what was selected to experiments and to what judging needs, once it is known what the target can be asked. */
import { basename, relative, resolve, sep } from 'node:path'
import { plain } from '../harness/json.ts'
import type { Experiment } from '../harness/model/experiment.ts'
import type { Judging, OnlyCase, PlanBasis, PlannedWork } from '../harness/model/judging.ts'
import type { Profile } from '../harness/model/policy.ts'
import type { Property } from '../harness/model/property.ts'
import type { Random, TargetFacts } from '../harness/model/target.ts'
import { canaryExperiment, canaryScenario } from '../harness/plan/scenarios/canary.ts'
import { planChecks } from '../harness/plan/checks/checks.ts'
import { digest } from '../harness/plan/digest.ts'
import { judgingOf } from '../harness/plan/judging.ts'
import { narrowed } from '../harness/plan/narrow.ts'
import { onlyCase } from '../harness/plan/only.ts'
import { planDrawnCase } from '../harness/plan/properties/drawn-case.ts'
import { planProperty, type PlannedProperty } from '../harness/plan/properties/property.ts'
import { planScenario, type Lacking } from '../harness/plan/scenarios/scenario.ts'
import { PROFILES } from '../suites/profiles/index.ts'
import { TARGET_NAMES } from '../targets/index.ts'
import type { Selection } from './select.ts'
import { pieceOf } from './shard.ts'

/** How the selected work is to be done. */
export interface Manner {
  readonly strict: boolean
  readonly propertyRuns: number | null
  readonly repeat: number
  readonly shard: PlannedWork['shard']
  /** The one case to ask, and nothing else that was selected. */
  readonly only: OnlyCase | null
  /** How many honest requests go ahead of each round; null for none. */
  readonly canary: number | null
  /** What is asked together may not come to more. */
  readonly maxPerSecond: number | null
}

export interface Work {
  readonly manner: Manner
  readonly seed: string
  readonly random: Random
  readonly selection: Selection
  readonly profiles: readonly [Profile, ...Profile[]]
  readonly facts: TargetFacts
  /** What the command line called the target; null where a program made it. */
  readonly called: string | null
}

/** What is known of a target only once it was opened. */
export interface Found {
  /** Whether it is there to be asked checks. */
  readonly answers: boolean
  /** Why it cannot be asked a scenario, or null if it can. */
  readonly lacks: (scenario: Lacking) => string | null
  readonly clocks: readonly string[]
}

export interface Arranged {
  readonly experiments: readonly Experiment[]
  /** Goes ahead of each of their rounds; null where none does. */
  readonly canary: Experiment | null
  readonly judging: Judging
}

export function arranged(work: Work, found: Found): Arranged {
  const { answers, lacks, clocks } = found
  const { manner, profiles, facts, random, selection, called } = work
  const { strict, repeat, shard, only, maxPerSecond } = manner
  const piece = pieceOf(selection, repeat, shard)
  const { policy } = profiles[0]
  // Where nothing can be asked, what would be asked is no matter.
  const checks = answers ? piece.checks : []
  const planned = planChecks(checks, profiles, facts, random.stream('checks'))
  const scenarios = piece.scenarios.map(({ scenario, repetitions }) => ({
    scenario,
    repetitions,
    times: repetitions.length,
    unsupported: lacks(scenario),
  }))
  const properties = piece.properties.map((property) =>
    unlessLacking(propertyPlan(property, work, random.stream(property.name)), lacks),
  )
  const able = scenarios.filter(({ unsupported }) => unsupported === null)
  const experiments = [
    ...(checks.length === 0 ? [] : [planned.experiment]),
    ...properties.flatMap(({ experiment, judged }) =>
      judged.unsupported === null ? [experiment] : [],
    ),
    ...able.map(({ scenario, repetitions }) => {
      const context = { policy, facts, random: random.stream(scenario.name), maxPerSecond }
      const whole = planScenario(scenario, context, repetitions)
      return only === null ? whole : onlyCase(whole, only.caseId)
    }),
  ]
  const canary = canaryOf(work, found)
  const judging = judgingOf({
    plan: { digest: digestOf(work), repeat, shard },
    basis: basisOf(work, answers),
    profiles: PROFILES.map((each) => narrowed(each, facts.policy ?? {}).profile),
    asked: profiles.map(({ name }) => name),
    strict,
    facts,
    ...(called === null ? {} : { called }),
    clocks,
    blocks: planned.blocks,
    checks: planned.checks,
    properties: properties.map(({ judged }) => judged),
    scenarios: canary === null ? scenarios : [...scenarios, canary.judged],
  })
  return { experiments, canary: canary?.experiment ?? null, judging }
}

/** All that a property draws, or the one case that it drew before. */
function propertyPlan(
  property: Property,
  { manner, profiles, facts }: Work,
  random: Random,
): PlannedProperty {
  const { only, propertyRuns } = manner
  const { policy } = profiles[0]
  return only?.drawn === undefined
    ? planProperty(property, policy, facts, { random, runs: propertyRuns })
    : planDrawnCase(property, policy, facts, { random, caseId: only.caseId, drawn: only.drawn })
}

/** Most break nothing, so that nothing can be lacking for them. */
function unlessLacking(planned: PlannedProperty, lacks: Found['lacks']): PlannedProperty {
  const { name, streams, faults, unsupported } = planned.judged
  if (faults.length === 0 || unsupported !== null) return planned
  const why = lacks({ name, nodes: 1, needs: [], streams, faults })
  return why === null ? planned : { ...planned, judged: { ...planned.judged, unsupported: why } }
}

/** A single case that is asked again is a canary itself. */
function canaryOf({ manner, profiles, facts, random }: Work, { lacks }: Found) {
  const { canary: count, only } = manner
  if (count === null || only !== null) return null
  const scenario = canaryScenario(count, facts)
  const unsupported = lacks(scenario)
  const context = { policy: profiles[0].policy, facts, random: random.stream(scenario.name) }
  return {
    judged: { scenario, unsupported },
    experiment: unsupported === null ? canaryExperiment(count, context) : null,
  }
}

function basisOf({ selection, facts, manner }: Work, answers: boolean): PlanBasis {
  const { propertyRuns, only, canary, maxPerSecond } = manner
  return {
    facts,
    checks: selection.checks.map(({ id }) => id),
    properties: selection.properties.map(({ name }) => name),
    scenarios: selection.scenarios,
    propertyRuns,
    only,
    canary,
    maxPerSecond,
    answers,
  }
}

/**
 * Of all that a plan is made from, and so of the plan: every shard of it has the same one. Addresses are not in it, for a
 * target that is started for each shard has other ports in each.
 */
function digestOf({ manner, seed, selection, profiles, facts }: Work): string {
  const { name, kind, usages, declares, principals, nodes, scope } = facts
  return digest([
    plain([
      seed,
      { name, kind, usages, declares, principals, nodes, scope },
      profiles,
      selection.checks,
      selection.properties,
      selection.scenarios,
      [manner.strict, manner.repeat, manner.propertyRuns, manner.canary],
    ]),
  ])
}

/** Paths are told from the working directory, where another machine would have them; elsewhere only the file is named. */
export function calledOf(target: string): string {
  if (TARGET_NAMES.includes(target) || !isFile(target)) return target
  const path = relative(process.cwd(), resolve(target))
  return path.startsWith('..') ? basename(path) : path.split(sep).join('/')
}

function isFile(target: string): boolean {
  return /\.ya?ml$/.test(target) || target.includes('/')
}
