/** What a run would ask, worked out without asking anybody. */
import { CupelError } from '../harness/errors.ts'
import type { Experiment } from '../harness/model/experiment.ts'
import type { Judging } from '../harness/model/judging.ts'
import type { Profile } from '../harness/model/policy.ts'
import type { Random, Target, TargetFacts } from '../harness/model/target.ts'
import { planChecks } from '../harness/plan/checks.ts'
import { judgingOf } from '../harness/plan/judging.ts'
import { narrowed } from '../harness/plan/narrow.ts'
import { planProperty } from '../harness/plan/property.ts'
import { lacks, planScenario } from '../harness/plan/scenario.ts'
import { PROFILES } from '../suites/profiles/index.ts'
import { TARGET_NAMES, namedTarget } from '../targets/index.ts'
import { profilesFor, select } from './select.ts'
import { targetFromFile } from './target-file.ts'

export interface PlanRequest {
  /** The name of a target that ships, the path of a target file, or a target made by the caller. */
  readonly target: string | Target
  readonly suites: readonly string[]
  readonly scenarios: readonly string[]
  readonly profiles: readonly string[]
  readonly strict: boolean
  /** How many cases properties draw for each statement; null, or absent, for what each says itself. */
  readonly propertyRuns?: number | null
}

export interface RunPlan {
  readonly target: Target
  readonly profiles: readonly [Profile, ...Profile[]]
  /** Experiments that the target can run, and the header's judging section, once its levers and clocks are known. */
  arrange(
    controls: readonly string[] | null,
    clocks: readonly string[],
  ): { readonly experiments: readonly Experiment[]; readonly judging: Judging }
}

/** @throws {CupelError} For names nobody has, bad files, and targets a profile cannot be judged on. */
export async function planRun(request: PlanRequest, random: Random): Promise<RunPlan> {
  const target = await targetFor(request.target, random.stream('target'))
  const { facts } = target
  const selection = await select(request.suites, request.scenarios)
  const profiles = ownProfiles(profilesFor(request.profiles, facts.profile), facts)
  refuseSilenceOnReplay(facts, profiles)
  return {
    target,
    profiles,
    arrange(controls, clocks) {
      const planned = planChecks(selection.checks, profiles, facts, random.stream('checks'))
      const scenarios = selection.scenarios.map((scenario) => ({
        scenario,
        unsupported: lacks(scenario, facts, controls ?? scenario.needs),
      }))
      const properties = selection.properties.map((property) =>
        planProperty(property, profiles[0].policy, facts, {
          random: random.stream(property.name),
          runs: request.propertyRuns ?? null,
        }),
      )
      const able = scenarios.filter(({ unsupported }) => unsupported === null)
      const experiments = [
        ...(selection.checks.length === 0 ? [] : [planned.experiment]),
        ...properties.flatMap(({ experiment, judged }) =>
          judged.unsupported === null ? [experiment] : [],
        ),
        ...able.map(({ scenario }) =>
          planScenario(scenario, profiles[0].policy, facts, random.stream(scenario.name)),
        ),
      ]
      const judging = judgingOf({
        profiles: PROFILES.map((each) => narrowed(each, facts.policy ?? {}).profile),
        asked: profiles.map(({ name }) => name),
        strict: request.strict,
        facts,
        clocks,
        blocks: planned.blocks,
        checks: planned.checks,
        properties: properties.map(({ judged }) => judged),
        scenarios,
      })
      return { experiments, judging }
    },
  }
}

async function targetFor(name: string | Target, random: Random): Promise<Target> {
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
