/** The experiment that asks every check: blocks of cases between two controls, and lost controls once more. */
import { isObject } from '../json.ts'
import type { Check } from '../model/check.ts'
import type { Experiment, Next } from '../model/experiment.ts'
import type { Block, JudgedCase, JudgedCheck } from '../model/judging.ts'
import type { Due, Json, Step, Usage } from '../model/plan.ts'
import type { Policy, Profile } from '../model/policy.ts'
import type { Principal, Random, TargetFacts } from '../model/target.ts'
import { planCase, type PlannedCase, type Variant } from './cases.ts'
import { companion, controlForm, controlSource, PART_OF, USAGE_LETTERS } from './control.ts'
import { openLanes, type Lanes } from './lanes.ts'
import { freshPrincipals } from './principals.ts'
import { stepOf } from './request.ts'
import { stem } from './stem.ts'

/** The scenario name under which all checks stand in a history. */
export const CHECKS = 'checks'

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

interface PlacedBlock {
  readonly block: Block
  readonly principal: Principal
  readonly node: string | null
  readonly policy: Policy
}
interface Planner {
  readonly facts: TargetFacts
  readonly random: Random
  readonly blocks: PlacedBlock[]
  readonly steps: Step[]
  readonly lanes: Lanes
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

function casesOf(
  checks: readonly Check[],
  usage: Usage,
  variant: Variant,
  { facts, random, unsupported }: Planner,
): readonly PlannedCase[] {
  const planned: PlannedCase[] = []
  for (const check of checks.filter((each) => each.usages.includes(usage))) {
    for (const draft of check.cases) {
      if (draft.usages !== undefined && !draft.usages.includes(usage)) continue
      const outcome = planCase(check, draft, usage, { facts, random, variant })
      if ('unsupported' in outcome) {
        Object.assign(unsupported.get(check.id) ?? {}, {
          [`${USAGE_LETTERS[usage]}:${draft.name}`]: outcome.unsupported,
        })
      } else planned.push(outcome)
    }
  }
  return planned
}

/** Honest and hostile cases apart: a block has one principal. */
function blocksOf(cases: readonly PlannedCase[]): readonly (readonly PlannedCase[])[] {
  return [false, true].flatMap((hostile) => {
    const alike = cases.filter((each) => each.hostile === hostile)
    const count = Math.ceil(alike.length / CASES_IN_A_BLOCK)
    return Array.from({ length: count }, (_, index) =>
      alike.slice(index * CASES_IN_A_BLOCK, (index + 1) * CASES_IN_A_BLOCK),
    )
  })
}

function placeBlock(
  cases: readonly PlannedCase[],
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
  // A resource that answers without any token accepts nothing when it answers to a wrong one.
  const chain: Step[] = usage === 'bearer-token' ? [bareRequest(placed, due, facts)] : []
  const after = (): Due =>
    chain.length === 0 ? due : { after: chain.at(-1)?.name ?? '', plusUs: 0 }
  const controlled = (which: string): void =>
    void chain.push(control(placed, { which, by: principal, due: after() }, planner))
  controlled('before')
  let rested = true
  for (const { judged: judgedCase, requests } of cases) {
    for (const request of requests) {
      const owed = isOwed(request.name, judgedCase.expects)
      if (owed && !rested) controlled(`between-${chain.length}`)
      chain.push(stepOf({ ...request, due: after(), node }, facts))
      rested = false
    }
    judged.get(judgedCase.check)?.push({ ...judgedCase, block: id })
  }
  controlled('after')
  lane.end = chain.at(-1)?.name ?? ''
  lane.length += chain.length
  steps.push(...chain)
}

/**
 * Whether a step is owed acceptance. It is asked next to a control: one that was refused after something else had failed
 * may have been locked out for that (oracle/lock-outs.ts), and then its refusal would prove nothing.
 */
function isOwed(step: string, expects: JudgedCase['expects']): boolean {
  return expects.some((row) => row.step === step && row.deserves === 'accept')
}

function bareRequest({ block, node, principal }: PlacedBlock, due: Due, facts: TargetFacts): Step {
  const caseId = `control/${block.id}/bare`
  const name = `${CHECKS}/r0/${caseId}`
  const request = { name, caseId, due, node, principal: principal.name, parts: {} }
  return stepOf({ ...request, endpoint: 'resource' }, facts)
}

function control(
  { block, node, policy }: PlacedBlock,
  { which, by, due }: { readonly which: string; readonly by: Principal; readonly due: Due },
  { facts, random }: Planner,
): Step {
  const caseId = `control/${block.id}/${which}`
  const { usage } = block
  const role = by.roles[0] ?? 'honest'
  const making = { policy, facts, role } as const
  const beside = companion(usage, making)
  return stepOf(
    {
      name: `${CHECKS}/r${which.startsWith('after-') ? Number(which.slice(6)) - 1 : 0}/${caseId}`,
      caseId,
      due,
      endpoint: usage === 'bearer-token' ? 'resource' : 'token',
      node,
      principal: by.name,
      parts: {
        ...(beside === undefined
          ? {}
          : {
              [PART_OF['client-authentication']]: controlSource(
                'client-authentication',
                beside,
                stem(random, `${caseId}/beside`),
                making,
              ),
            }),
        [PART_OF[usage]]: controlSource(usage, by, stem(random, caseId), making),
      },
    },
    facts,
  )
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
      const ask = tries >= CONTROL_RETRIES ? [] : retries(lostBlocks(judged), tries, planner)
      return ask.length === 0
        ? { conclude: { retries: tries } }
        : { ask, faults: [], state: tries + 1 }
    },
  }
}

function retries(lost: readonly string[], tries: number, planner: Planner): readonly Step[] {
  return planner.blocks.flatMap((placed) => {
    if (!lost.includes(placed.block.id)) return []
    const fresh = freshPrincipals(planner.facts, placed.block.usage, placed.principal.name)[tries]
    if (fresh === undefined) return []
    return [control(placed, { which: `after-${tries + 2}`, by: fresh, due: { atUs: 0 } }, planner)]
  })
}

function lostBlocks(judged: Json): readonly string[] {
  const lost = isObject(judged) ? judged['lost'] : undefined
  if (!Array.isArray(lost)) return []
  return lost.flatMap((each: Json) =>
    isObject(each) && typeof each['block'] === 'string' ? [each['block']] : [],
  )
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
