/** A simulated world and what its target says of itself: all that a history is made and judged from. */
import type { Judging } from '../../../harness/model/judging.ts'
import type { Declarations } from '../../../harness/model/policy.ts'
import type { Scenario, Stream } from '../../../harness/model/scenario.ts'
import type { TargetFacts } from '../../../harness/model/target.ts'
import { judgingOf } from '../../../harness/plan/judging.ts'
import { seeded } from '../../../harness/random.ts'
import { PROFILES } from '../../../suites/profiles/index.ts'
import type { Told } from '../../../targets/simulated/history.ts'
import { simulated } from '../../../targets/simulated/target.ts'
import type { World } from '../../../targets/simulated/world.ts'

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
  return { facts, judging: judgingFor(facts, scenarioOf(world)) }
}

export function judgingFor(facts: TargetFacts, scenario: Scenario): Judging {
  return judgingOf({
    profiles: PROFILES,
    asked: [PROFILE],
    strict: false,
    facts,
    clocks: [...facts.nodes, 'store'],
    blocks: [],
    checks: [],
    scenarios: [{ scenario, unsupported: null }],
  })
}

export function scenarioOf({ scenario, traffic, faults }: World): Scenario {
  return {
    name: scenario,
    question: 'What becomes of those who do nothing wrong?',
    means: { conforms: 'Nothing.', violates: 'They are convicted.' },
    needs: [],
    nodes: 1,
    streams: traffic.map(({ stream }) => stream),
    faults,
    guards: [],
    gates: [],
    maxUndecided: 1,
  }
}

export function streamOf(more: Partial<Stream>): Stream {
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
