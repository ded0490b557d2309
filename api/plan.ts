/** What a run would ask, worked out without asking anybody. */
import { CupelError } from '../harness/errors.ts'
import type { ExpectedFailure, Skip } from '../harness/model/expected.ts'
import type { GatePlan } from '../harness/model/gate-plan.ts'
import type { OnlyCase, PlannedWork } from '../harness/model/judging.ts'
import type { Profile, ReplayRule } from '../harness/model/policy.ts'
import type { Gate, Scenario } from '../harness/model/scenario.ts'
import type { Random, Target, TargetFacts } from '../harness/model/target.ts'
import { narrowed } from '../harness/plan/narrow.ts'
import { lacks, type Offered } from '../harness/plan/scenarios/scenario.ts'
import { watching } from '../harness/plan/scenarios/watch.ts'
import { TARGET_NAMES, namedTarget } from '../targets/index.ts'
import { arranged, calledOf, type Arranged, type Manner, type Work } from './arrange.ts'
import { selectCase } from './case.ts'
import { refuseUnknown, withoutSkips } from './expected.ts'
import { gatePlans, withGates } from './gates.ts'
import { profilesFor, select } from './select.ts'
import { pieceOf } from './shard.ts'
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
  /** How many honest requests go ahead of each round; none when absent, unless the target file says so. */
  readonly canary?: number
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
  arrange(offered: Offered | null, clocks: readonly string[]): Arranged
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
  const work: Work = {
    manner: mannerOf(request, facts),
    seed,
    random,
    selection,
    profiles,
    facts,
    called: typeof request.target === 'string' ? calledOf(request.target) : null,
  }
  // A shard that would have nothing to do is refused before anything is started.
  pieceOf(selection, work.manner.repeat, work.manner.shard)
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
    arrange: (offered, clocks) =>
      arranged(work, {
        answers: offered === null || offered.missing === null,
        lacks: (scenario) => lacks(scenario, facts, offered),
        clocks,
      }),
  }
}

function mannerOf(request: PlanRequest, facts: TargetFacts): Manner {
  const { strict, propertyRuns, repeat, shard, only, canary, maxPerSecond } = request
  return {
    strict,
    propertyRuns: propertyRuns ?? null,
    repeat: repeat ?? 1,
    shard: shard ?? null,
    only: only ?? null,
    canary: canary ?? facts.canary ?? null,
    maxPerSecond: leastOf([maxPerSecond, facts.maxPerSecond]),
  }
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

/** @throws {CupelError} For names nobody has, and files that cannot be used. */
export async function targetFor(name: string | Target, random: Random): Promise<Target> {
  if (typeof name !== 'string') return name
  if (/^https?:/.test(name) && !/\.ya?ml$/.test(name)) {
    throw new CupelError('ERR_CONFIG_INVALID', `${name} is an address; a target is a file`, {
      hint: 'Write a target file for it, which says who may sign and what is promised: docs/targets.md.',
    })
  }
  return isTargetFile(name) ? targetFromFile(name, random) : namedTarget(name, random)
}

/** Whether what the command line calls a target is a file, and no name of one that ships. */
export function isTargetFile(name: string): boolean {
  return /\.ya?ml$/.test(name) || (name.includes('/') && !TARGET_NAMES.includes(name))
}

/** The profiles as the target file narrows them; one that would relax a profile it is asked under is no file to run with. */
export function ownProfiles(
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

/** What words single use, with or without exceptions. */
const WORDED: ReadonlySet<ReplayRule> = new Set(['required', 'unless-agreed'])

/** A profile that words single use judges replays; whether the target was told to allow reuse must be said, not guessed. */
function refuseSilenceOnReplay(facts: TargetFacts, profiles: readonly Profile[]): void {
  if (facts.declares.replay !== null || !facts.usages.includes('client-authentication')) return
  if (facts.policy?.['jti.ca.singleUse'] === 'required') return
  const strictest = profiles.find(({ policy }) => WORDED.has(policy['jti.ca.singleUse']))
  if (strictest === undefined) return
  throw new CupelError(
    'ERR_CONFIG_INVALID',
    `the profile ${strictest.name} lets an assertion be used once unless reuse was agreed, and the target file does not say which holds`,
    {
      hint: 'Add `replay: single-use` or `replay: not-promised` under `declares:` in the target file, or `jti.ca.singleUse: required` under `policy:` where that holds of client assertions and not of grants.',
    },
  )
}
