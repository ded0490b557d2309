/** Puts together what goes into a history's header, so that the history can be judged with nothing else at hand. */
import type {
  Block,
  JudgedCheck,
  JudgedScenario,
  Judging,
  PlanBasis,
  PlannedWork,
} from '../model/judging.ts'
import type { Profile } from '../model/policy.ts'
import type { Scenario } from '../model/scenario.ts'
import type { TargetFacts } from '../model/target.ts'
import { isParameter } from './narrow.ts'
import { withTries } from './scenarios/trying.ts'

export interface JudgingInput {
  readonly plan?: PlannedWork
  readonly basis?: PlanBasis
  /** Every profile known, whether planned for or not. */
  readonly profiles: readonly Profile[]
  readonly asked: readonly string[]
  readonly strict: boolean
  readonly facts: TargetFacts
  /** What the command line called the target. */
  readonly called?: string
  readonly clocks: readonly string[]
  readonly blocks: readonly Block[]
  readonly checks: readonly JudgedCheck[]
  readonly scenarios: readonly {
    readonly scenario: Scenario
    readonly unsupported: string | null
    /** How often it is asked here, and so how often each of its faults is to be seen; once when absent. */
    readonly times?: number
  }[]
  /** Further ones that are planned otherwise. */
  readonly properties?: readonly JudgedScenario[]
}

export function judgingOf(input: JudgingInput): Judging {
  const { facts, plan, basis } = input
  return {
    ...(plan === undefined ? {} : { plan }),
    ...(basis === undefined ? {} : { basis }),
    policies: Object.fromEntries(input.profiles.map(({ name, policy }) => [name, policy])),
    asked: input.asked,
    strict: input.strict,
    target: {
      name: facts.name,
      ...(input.called === undefined ? {} : { called: input.called }),
      kind: facts.kind,
      issuer: facts.issuer,
      tokenEndpoint: facts.endpoints.token ?? null,
      resource: facts.endpoints.resource ?? null,
      audiences: facts.audiences,
      declares: facts.declares,
      ...(facts.policy === undefined
        ? {}
        : { settles: Object.keys(facts.policy).filter(isParameter) }),
      nodes: facts.nodes,
      clocks: input.clocks,
      principals: Object.fromEntries(
        facts.principals.map(({ name, id, subject, usage, roles }) => [
          name,
          { id, subject, usage, roles },
        ]),
      ),
    },
    blocks: input.blocks,
    checks: input.checks,
    scenarios: [...(input.properties ?? []), ...input.scenarios.map((each) => judged(each, facts))],
  }
}

function judged(
  asked: JudgingInput['scenarios'][number],
  facts: Pick<TargetFacts, 'endpoints'>,
): JudgedScenario {
  const { scenario, unsupported, times = 1 } = asked
  const streams = scenario.streams.map((stream) => withTries(stream, facts))
  const { name, question, means, guards, gates, maxUndecided } = scenario
  const faults = Array.from({ length: times }, () => scenario.faults).flat()
  const told = { name, question, means, streams, faults, guards, gates, maxUndecided, unsupported }
  return {
    ...told,
    ...(scenario.mix === undefined ? {} : { mix: scenario.mix }),
    ...(scenario.climb === undefined ? {} : { climb: scenario.climb }),
    ...(scenario.tolerates === undefined ? {} : { tolerates: scenario.tolerates }),
  }
}
