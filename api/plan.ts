/** What a run would ask, worked out without asking anybody. */
import { basename, relative, resolve, sep } from 'node:path'
import { CupelError } from '../harness/errors.ts'
import { plain } from '../harness/json.ts'
import type { ExpectedFailure, Skip } from '../harness/model/expected.ts'
import type { Experiment } from '../harness/model/experiment.ts'
import type { GatePlan } from '../harness/model/gate-plan.ts'
import type { Judging, PlannedWork } from '../harness/model/judging.ts'
import type { Policy, Profile } from '../harness/model/policy.ts'
import type { Property } from '../harness/model/property.ts'
import type { Gate, Scenario } from '../harness/model/scenario.ts'
import type { Random, Target, TargetFacts } from '../harness/model/target.ts'
import { planChecks } from '../harness/plan/checks.ts'
import { digest } from '../harness/plan/digest.ts'
import { judgingOf } from '../harness/plan/judging.ts'
import { narrowed } from '../harness/plan/narrow.ts'
import { onlyCase } from '../harness/plan/only.ts'
import { planDrawnCase } from '../harness/plan/drawn-case.ts'
import { planProperty, type PlannedProperty } from '../harness/plan/property.ts'
import { lacks, planScenario, type Offered } from '../harness/plan/scenario.ts'
import { watching } from '../harness/plan/watch.ts'
import { PROFILES } from '../suites/profiles/index.ts'
import { TARGET_NAMES, namedTarget } from '../targets/index.ts'
import { selectCase, type OnlyCase } from './case.ts'
import { refuseUnknown, withoutSkips } from './expected.ts'
import { gatePlans, withGates } from './gates.ts'
import { profilesFor, select, type Selection } from './select.ts'
import { pieceOf, type Piece } from './shard.ts'
import { targetFromFile } from './target-file.ts'

export interface PlanRequest {
  /** The name of a target that ships, the path of a target file, or a target made by the caller. */
  readonly target: string | Target
  readonly suites: readonly string[]
  readonly scenarios: readonly string[]
  readonly profiles: readonly string[]
  readonly strict: boolean
  /** What is not asked, though it is named; the globs are over checks, scenarios and properties. */
  readonly skips?: readonly Skip[]
  /** Failures that are known: they fail no run, and are stale where they no longer happen. */
  readonly expected?: readonly ExpectedFailure[]
  /** How many cases properties draw for each statement; null, or absent, for what each says itself. */
  readonly propertyRuns?: number | null
  /** Limits on rates, beside those of the scenarios themselves. */
  readonly gates?: readonly Gate[]
  /** How often each scenario is asked; once when absent. */
  readonly repeat?: number
  /** How long the traffic of scenarios goes on after their last fault, in seconds. */
  readonly watchSeconds?: number
  /** Which piece of the work to do; all of it when absent. */
  readonly shard?: PlannedWork['shard']
  readonly maxPerSecond?: number | null
  /** Asks this one case, and nothing that was selected otherwise. */
  readonly only?: OnlyCase
}

export interface RunPlan {
  readonly target: Target
  readonly profiles: readonly [Profile, ...Profile[]]
  /** Whether neither suites nor scenarios were named. */
  readonly byDefault: boolean
  readonly gates: readonly GatePlan[]
  /** Experiments that the target can run, and the header's judging section, once its levers and clocks are known. */
  arrange(
    offered: Offered | null,
    clocks: readonly string[],
  ): { readonly experiments: readonly Experiment[]; readonly judging: Judging }
}

/**
 * @param random Made from the seed.
 * @throws {CupelError} For names nobody has, bad files, gates about nothing, and targets a profile cannot be judged on.
 */
export async function planRun(
  request: PlanRequest,
  seed: string,
  random: Random,
): Promise<RunPlan> {
  const target = await targetFor(request.target, random.stream('target'))
  const { facts } = target
  const named =
    request.only === undefined
      ? await select(request.suites, request.scenarios)
      : await selectCase(request.only)
  await refuseUnknown(request.expected ?? [], named.scenarios)
  const selected = await withoutSkips(named, request.skips ?? [])
  const profiles = ownProfiles(profilesFor(request.profiles, facts.profile), facts)
  refuseSilenceOnReplay(facts, profiles)
  const selection = { ...selected, scenarios: gatedScenarios(selected.scenarios, request) }
  const piece = pieceOf(selection, request.repeat ?? 1, request.shard ?? null)
  const work = { request, seed, selection, profiles, facts }
  return {
    target,
    profiles,
    byDefault: request.suites.length === 0 && request.scenarios.length === 0,
    gates: gatePlans(
      selection.scenarios.filter((each) => lacks(each, facts, null) === null),
      {
        repeat: request.repeat ?? 1,
        nodes: facts.nodes.length,
        maxPerSecond: leastOf([request.maxPerSecond, facts.maxPerSecond]),
      },
    ),
    arrange: (offered, clocks) => arranged({ ...work, piece, random, offered, clocks }),
  }
}

/** One case of it as an earlier run drew it, where that is all that is asked; otherwise cases drawn afresh. */
function propertyPlan(
  property: Property,
  policy: Policy,
  { request, facts, random }: Pick<Arrangement, 'request' | 'facts' | 'random'>,
): PlannedProperty {
  const { only, propertyRuns = null } = request
  return only?.drawn === undefined
    ? planProperty(property, policy, facts, { random, runs: propertyRuns })
    : planDrawnCase(property, policy, facts, { random, caseId: only.caseId, drawn: only.drawn })
}

function gatedScenarios(
  scenarios: readonly Scenario[],
  { gates = [], watchSeconds }: PlanRequest,
): readonly Scenario[] {
  const watched =
    watchSeconds === undefined ? scenarios : scenarios.map((each) => watching(each, watchSeconds))
  return withGates(watched, gates)
}

/** The least of the limits that anybody named; null without one. */
export function leastOf(limits: readonly (number | null | undefined)[]): number | null {
  const named = limits.filter((limit) => limit !== null && limit !== undefined)
  return named.length === 0 ? null : Math.min(...named)
}

interface Work {
  readonly request: PlanRequest
  readonly seed: string
  readonly selection: Selection
  readonly profiles: readonly [Profile, ...Profile[]]
  readonly facts: TargetFacts
}

interface Arrangement extends Work {
  readonly piece: Piece
  readonly random: Random
  readonly offered: Offered | null
  readonly clocks: readonly string[]
}

function arranged(all: Arrangement): ReturnType<RunPlan['arrange']> {
  const { request, profiles, facts, piece, random, offered, clocks } = all
  const { policy } = profiles[0]
  // Where nothing can be asked, what would be asked is no matter.
  const checks = offered === null || offered.missing === null ? piece.checks : []
  const planned = planChecks(checks, profiles, facts, random.stream('checks'))
  const scenarios = piece.scenarios.map(({ scenario, repetitions }) => ({
    scenario,
    repetitions,
    times: repetitions.length,
    unsupported: lacks(scenario, facts, offered),
  }))
  const properties = piece.properties.map((property) =>
    propertyPlan(property, policy, { request, facts, random: random.stream(property.name) }),
  )
  const able = scenarios.filter(({ unsupported }) => unsupported === null)
  const experiments = [
    ...(checks.length === 0 ? [] : [planned.experiment]),
    ...properties.flatMap(({ experiment, judged }) =>
      judged.unsupported === null ? [experiment] : [],
    ),
    ...able.map(({ scenario, repetitions }) => {
      const context = { policy, facts, random: random.stream(scenario.name) }
      const whole = planScenario(scenario, context, repetitions)
      return request.only === undefined ? whole : onlyCase(whole, request.only.caseId)
    }),
  ]
  const judging = judgingOf({
    plan: {
      digest: digestOf(all),
      repeat: request.repeat ?? 1,
      shard: request.shard ?? null,
    },
    profiles: PROFILES.map((each) => narrowed(each, facts.policy ?? {}).profile),
    asked: profiles.map(({ name }) => name),
    strict: request.strict,
    facts,
    ...(typeof request.target === 'string' ? { called: calledOf(request.target) } : {}),
    clocks,
    blocks: planned.blocks,
    checks: planned.checks,
    properties: properties.map(({ judged }) => judged),
    scenarios,
  })
  return { experiments, judging }
}

/**
 * Of all that a plan is made from, and so of the plan: every shard of it has the same one. Addresses are not in it, for a
 * target that is started for each shard has other ports in each.
 */
function digestOf({ request, seed, selection, profiles, facts }: Work): string {
  const { name, kind, usages, declares, principals, nodes, scope } = facts
  return digest([
    plain([
      seed,
      { name, kind, usages, declares, principals, nodes, scope },
      profiles,
      selection.checks,
      selection.properties,
      selection.scenarios,
      [request.strict, request.repeat ?? 1, request.propertyRuns ?? null],
    ]),
  ])
}

/** Paths are told from the working directory, where another machine would have them; elsewhere only the file is named. */
function calledOf(target: string): string {
  if (TARGET_NAMES.includes(target) || !isFile(target)) return target
  const path = relative(process.cwd(), resolve(target))
  return path.startsWith('..') ? basename(path) : path.split(sep).join('/')
}

function isFile(target: string): boolean {
  return /\.ya?ml$/.test(target) || target.includes('/')
}

/** @throws {CupelError} For names nobody has, and files that cannot be used. */
export async function targetFor(name: string | Target, random: Random): Promise<Target> {
  if (typeof name !== 'string') return name
  if (/\.ya?ml$/.test(name)) return targetFromFile(name, random)
  if (/^https?:/.test(name)) {
    throw new CupelError('ERR_CONFIG_INVALID', `${name} is an address; a target is a file`, {
      hint: 'Write a target file for it, which says who may sign and what is promised: docs/targets.md.',
    })
  }
  if (name.includes('/') && !TARGET_NAMES.includes(name)) return targetFromFile(name, random)
  return namedTarget(name, random)
}

/** The profiles as the target file narrows them; one that would relax a profile it is asked under is no file to run with. */
function ownProfiles(
  [first, ...rest]: readonly [Profile, ...Profile[]],
  facts: TargetFacts,
): readonly [Profile, ...Profile[]] {
  const own = (profile: Profile): Profile => {
    const { profile: narrower, relaxed } = narrowed(profile, facts.policy ?? {})
    if (relaxed.length === 0) return narrower
    throw new CupelError(
      'ERR_CONFIG_INVALID',
      `policy in the target file relaxes ${relaxed.join(', ')}, which the profile ${profile.name} requires otherwise`,
      {
        hint: 'A target may narrow what a profile leaves open; choose a profile that requires less, or leave the parameter out (docs/profiles.md).',
      },
    )
  }
  return [own(first), ...rest.map(own)]
}

/** A profile that words single use judges replays; whether the target was told to allow reuse must be said, not guessed. */
function refuseSilenceOnReplay(facts: TargetFacts, profiles: readonly Profile[]): void {
  if (facts.declares.replay !== null || !facts.usages.includes('client-authentication')) return
  const strictest = profiles.find(({ policy }) => policy['jti.ca.singleUse'] === 'required')
  if (strictest === undefined) return
  throw new CupelError(
    'ERR_CONFIG_INVALID',
    `the profile ${strictest.name} lets an assertion be used once unless reuse was agreed, and the target file does not say which holds`,
    {
      hint: 'Add `replay: single-use` or `replay: not-promised` under `declares:` in the target file.',
    },
  )
}
