/** The experiment that asks every check: blocks of cases between two controls, and lost controls once more. */
import type { Check } from '../../model/check.ts'
import type { Experiment, Next } from '../../model/experiment.ts'
import type { Block, JudgedCase, JudgedCheck } from '../../model/judging.ts'
import type { Due, Json, Step, Usage } from '../../model/plan.ts'
import type { Profile } from '../../model/policy.ts'
import type { Random, TargetFacts } from '../../model/target.ts'
import { planCase, type CaseOutcome, type PlannedCase, type Variant } from './cases.ts'
import { bareRequest, CHECKS, control, type PlacedBlock } from './check-control.ts'
import { named, onceMore, retries, type PlacedCase } from './check-rounds.ts'
import { companion, controlForm, USAGE_LETTERS } from '../control.ts'
import { openLanes, type Lanes } from './lanes.ts'
import { stepOf } from '../request.ts'

/** How often a lost after-control is sent again, each time by another party. */
const CONTROL_RETRIES = 3

/** Stimuli between two controls; small, so that one lost control leaves little undecided. */
const CASES_IN_A_BLOCK = 6

/**
 * How many blocks are asked side by side. More would be a burst, which is a scenario's to make. One party's blocks follow
 * each other: what it fails at in one may lock it out of another.
 */
const LANES = 4

export interface PlannedChecks {
  readonly experiment: Experiment
  readonly checks: readonly JudgedCheck[]
  readonly blocks: readonly Block[]
}

/** @param profiles The profiles planned for, the run's own first. */
export function planChecks(
  checks: readonly Check[],
  profiles: readonly [Profile, ...Profile[]],
  facts: TargetFacts,
  random: Random,
): PlannedChecks {
  const planner: Planner = {
    facts,
    random,
    blocks: [],
    steps: [],
    lanes: openLanes(LANES),
    placed: new Map(),
    judged: new Map(checks.map((check) => [check.id, []])),
    unsupported: new Map(checks.map((check) => [check.id, {}])),
  }
  for (const usage of facts.usages) {
    for (const variant of variantsOf(usage, profiles, facts)) {
      const cases = casesOf(checks, usage, variant, planner)
      for (const block of blocksOf(cases)) placeBlock(block, usage, variant, planner)
    }
  }
  return {
    experiment: experimentOf(planner),
    blocks: planner.blocks.map(({ block }) => block),
    checks: checks.map((check) => describe(check, planner)),
  }
}

interface Planner {
  readonly facts: TargetFacts
  readonly random: Random
  readonly blocks: PlacedBlock[]
  readonly steps: Step[]
  readonly lanes: Lanes
  /** By case: what it was made from, and where it stands. */
  readonly placed: Map<string, PlacedCase>
  /** The cases placed so far, by check. */
  readonly judged: Map<string, JudgedCase[]>
  /** Why a case is not asked, by check and then by usage and case. */
  readonly unsupported: Map<string, Record<string, string>>
}

function variantsOf(
  usage: Usage,
  profiles: readonly Profile[],
  facts: TargetFacts,
): readonly Variant[] {
  const byControl = Map.groupBy(profiles, ({ policy }) => controlForm(usage, policy, facts))
  return [...byControl.values()].flatMap((alike, index) => {
    const first = alike[0]
    if (first === undefined) return []
    const names = alike.map(({ name }) => name)
    return [{ suffix: index === 0 ? '' : `~${first.name}`, profiles: names, policy: first.policy }]
  })
}

type CaseOfBlock = PlannedCase & Pick<PlacedCase, 'plan'>

function casesOf(
  checks: readonly Check[],
  usage: Usage,
  variant: Variant,
  { facts, random, unsupported }: Planner,
): readonly CaseOfBlock[] {
  const planned: CaseOfBlock[] = []
  for (const check of checks.filter((each) => each.usages.includes(usage))) {
    for (const draft of check.cases) {
      if (draft.usages !== undefined && !draft.usages.includes(usage)) continue
      const plan = (draws: Random, round: number): CaseOutcome =>
        planCase(check, draft, usage, { facts, random: draws, variant, round })
      const outcome = plan(random, 0)
      if ('unsupported' in outcome) {
        Object.assign(unsupported.get(check.id) ?? {}, {
          [`${USAGE_LETTERS[usage]}:${draft.name}`]: outcome.unsupported,
        })
      } else planned.push({ ...outcome, plan })
    }
  }
  return planned
}

/** Honest and hostile cases apart: a block has one principal. */
function blocksOf(cases: readonly CaseOfBlock[]): readonly (readonly CaseOfBlock[])[] {
  return [false, true].flatMap((hostile) => {
    const alike = cases.filter((each) => each.hostile === hostile)
    const count = Math.ceil(alike.length / CASES_IN_A_BLOCK)
    return Array.from({ length: count }, (_, index) =>
      alike.slice(index * CASES_IN_A_BLOCK, (index + 1) * CASES_IN_A_BLOCK),
    )
  })
}

function placeBlock(
  cases: readonly CaseOfBlock[],
  usage: Usage,
  variant: Variant,
  planner: Planner,
): void {
  const principal = cases[0]?.principal
  if (principal === undefined) return
  const { facts, steps, blocks, judged } = planner
  const id = `${USAGE_LETTERS[usage]}-${blocks.length + 1}`
  const node = facts.nodes[blocks.length % Math.max(1, facts.nodes.length)] ?? null
  const placed: PlacedBlock = {
    block: { id, usage, profiles: variant.profiles },
    principal,
    node,
    policy: variant.policy,
  }
  blocks.push(placed)
  const making = { policy: variant.policy, facts, role: principal.roles[0] ?? 'honest' } as const
  const lane = planner.lanes.of((companion(usage, making) ?? principal).name)
  const due: Due = lane.end === null ? { atUs: 0 } : { after: lane.end, plusUs: 0 }
  const chain = chainOf(cases, { placed, due }, planner)
  for (const { judged: each, plan } of cases) {
    judged.get(each.check)?.push({ ...each, block: id })
    planner.placed.set(each.caseId, { plan, block: placed })
  }
  lane.end = chain.at(-1)?.name ?? ''
  lane.length += chain.length
  steps.push(...chain)
}

/** The requests of a block, each when the one before was answered. */
function chainOf(
  cases: readonly PlannedCase[],
  { placed, due }: { readonly placed: PlacedBlock; readonly due: Due },
  planner: Planner,
): readonly Step[] {
  const { facts } = planner
  const { block, node, principal } = placed
  // A resource that answers without any token accepts nothing when it answers to a wrong one.
  const chain: Step[] = block.usage === 'bearer-token' ? [bareRequest(placed, due, facts)] : []
  const after = (): Due =>
    chain.length === 0 ? due : { after: chain.at(-1)?.name ?? '', plusUs: 0 }
  const controlled = (which: string): void =>
    void chain.push(control(placed, { which, by: principal, due: after() }, planner))
  controlled('before')
  let rested = true
  for (const { judged, requests } of cases) {
    for (const request of requests) {
      if (!rested && isOwed(request.name, judged.expects)) controlled(`between-${chain.length}`)
      chain.push(stepOf({ ...request, due: after(), node }, facts))
      rested = false
    }
  }
  controlled('after')
  return chain
}

/**
 * Whether a step is owed acceptance. It is asked next to a control: one that was refused after something else had failed
 * may have been locked out for that (oracle/refusals/lock-outs.ts), and then its refusal would prove nothing.
 */
function isOwed(step: string, expects: JudgedCase['expects']): boolean {
  return expects.some((row) => row.step === step && row.deserves === 'accept')
}

/** Round 0 asks everything; each further round sends the lost after-controls again, by parties that have not tried. */
function experimentOf(planner: Planner): Experiment {
  return {
    name: CHECKS,
    question: 'Does the target accept and refuse what the documents say it must?',
    start: () =>
      planner.steps.length === 0
        ? { conclude: { retries: 0 } }
        : { ask: planner.steps, faults: [], state: 0 },
    next(state, judged): Next<Json> {
      const tries = typeof state === 'number' ? state : 0
      const lost = tries >= CONTROL_RETRIES ? [] : retries(named(judged, 'lost'), tries, planner)
      const ask = tries === 0 ? [...lost, ...onceMore(named(judged, 'failed'), planner)] : lost
      return ask.length === 0
        ? { conclude: { retries: tries } }
        : { ask, faults: [], state: tries + 1 }
    },
  }
}

function describe(check: Check, { facts, judged, unsupported }: Planner): JudgedCheck {
  const { id, title, section, level, requirement } = check
  const reasons = { ...unsupported.get(id) }
  if (!check.usages.some((usage) => facts.usages.includes(usage))) {
    const letters = check.usages.map((usage) => USAGE_LETTERS[usage]).join('+')
    reasons[`${letters}:*`] = `the target has no ${check.usages.join(' or ')}`
  }
  return {
    id,
    title,
    section,
    level,
    requirement,
    unsupported: reasons,
    cases: judged.get(id) ?? [],
  }
}
