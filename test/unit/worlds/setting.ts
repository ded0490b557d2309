/** A simulated world and what its target says of itself: all that a history is made and judged from. */
import type { JudgedCase, JudgedCheck, Judging } from '../../../harness/model/judging.ts'
import type { Declarations } from '../../../harness/model/policy.ts'
import type { Scenario } from '../../../harness/model/scenario.ts'
import type { TargetFacts } from '../../../harness/model/target.ts'
import { PART_OF } from '../../../harness/plan/control.ts'
import { judgingOf } from '../../../harness/plan/judging.ts'
import { seeded } from '../../../harness/random.ts'
import { PROFILES } from '../../../suites/profiles/index.ts'
import { caseIdOf, isOwed, requestsOfBlock } from '../../../targets/simulated/blocks.ts'
import type { Told } from '../../../targets/simulated/history.ts'
import { simulated } from '../../../targets/simulated/target.ts'
import type { ScriptedBlock, World, WorldStream } from '../../../targets/simulated/world.ts'

export const PROFILE = 'rfc7523bis'
export const SCENARIO = 's'

/** What the target says of itself in a world. */
export interface Setting {
  readonly nodes: number
  readonly declares: Pick<Declarations, 'leewaySeconds' | 'path'>
  readonly world: World
}

const BASE = simulated(seeded('worlds')).facts

export function toldOf({ nodes, declares, world }: Setting): Told {
  const facts: TargetFacts = {
    ...BASE,
    nodes: BASE.nodes.slice(0, nodes),
    declares: { ...BASE.declares, ...declares },
  }
  return { facts, judging: judgingFor(facts, scenarioOf(world), checksOf(world)) }
}

export function judgingFor(
  facts: TargetFacts,
  scenario: Scenario,
  { blocks, checks }: Pick<Judging, 'blocks' | 'checks'> = NO_CHECKS,
): Judging {
  return judgingOf({
    profiles: PROFILES,
    asked: [PROFILE],
    strict: false,
    facts,
    clocks: [...facts.nodes, 'store'],
    blocks,
    checks,
    scenarios: [{ scenario, unsupported: null }],
  })
}

const NO_CHECKS = { blocks: [], checks: [] }

/** Tables as bold as they can be: whatever clocks, memories and lock-outs make of an answer is for the rules to excuse. */
function checksOf({ traffic }: World): Pick<Judging, 'blocks' | 'checks'> {
  const blocks = traffic.flatMap((each) => (each.kind === 'checks' ? each.blocks : []))
  if (blocks.length === 0) return NO_CHECKS
  const profiles = [PROFILE]
  return {
    blocks: blocks.map(({ id, by }) => ({ id, usage: usageOf(by), profiles })),
    checks: blocks.map((block): JudgedCheck => ({
      id: `world/1/${block.id}`,
      title: block.id,
      section: 'WORLD §1',
      level: 'must',
      requirement: 'Be just.',
      unsupported: {},
      cases: block.stimuli.map((_, index) => caseOf(block, index)),
    })),
  }
}

function caseOf(block: ScriptedBlock, index: number): JudgedCase {
  const { id, by } = block
  const caseId = caseIdOf(id, index)
  const usage = usageOf(by)
  const requests = requestsOfBlock(block).filter((each) => each.caseId === caseId)
  return {
    caseId,
    check: `world/1/${id}`,
    usage,
    name: String(index),
    finding: 'signature/invalid-accepted',
    block: id,
    steps: requests.map(({ step }) => step),
    expects: requests.map(({ step, stimulus, again }) => ({
      step,
      part: PART_OF[usage],
      when: {},
      deserves: stimulus !== null && isOwed(stimulus) && !again ? 'accept' : 'reject',
      errors: [],
      because: 'the table says so',
    })),
    profiles: [PROFILE],
  }
}

function usageOf(party: string): 'client-authentication' | 'authorization-grant' {
  return party.endsWith('-issuer') ? 'authorization-grant' : 'client-authentication'
}

export function scenarioOf({ scenario, traffic, faults }: World): Scenario {
  return {
    name: scenario,
    question: 'What becomes of those who do nothing wrong?',
    means: { conforms: 'Nothing.', violates: 'They are convicted.' },
    needs: [],
    nodes: 1,
    streams: traffic.flatMap((each) => (each.kind === 'checks' ? [] : [each.stream])),
    faults,
    guards: [],
    gates: [],
    maxUndecided: 1,
  }
}

export function streamOf(more: Partial<WorldStream>): WorldStream {
  return {
    name: 'stream',
    attack: null,
    usage: 'client-authentication',
    by: 'honest',
    arrivals: { kind: 'in-turn', count: 1 },
    copies: 1,
    release: 'in-turn',
    gapSeconds: 0,
    nodes: 'rotate',
    lifetimeSeconds: 20,
    ...more,
  }
}
