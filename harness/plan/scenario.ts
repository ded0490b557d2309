/** From a scenario's data to an experiment: every request by name, due time and node, drawn from no answer. */
import type { Experiment } from '../model/experiment.ts'
import type { Steps, StepStream } from '../model/plan.ts'
import type { Policy } from '../model/policy.ts'
import type { Pace, Scenario } from '../model/scenario.ts'
import type { Random, TargetFacts } from '../model/target.ts'
import { climbingExperiment } from './climb.ts'
import { pressureParty, pressureStep } from './pressure.ts'
import { lacksFor, streamOf } from './stream.ts'

/** The control that background load needs; with it goes a party of its own. */
const LOAD = 'load'

/** Why a target cannot run a scenario, or null if it can. */
export function lacks(
  scenario: Scenario,
  facts: TargetFacts,
  controls: readonly string[],
): string | null {
  if (facts.nodes.length < scenario.nodes) {
    return `needs ${scenario.nodes} nodes that can be asked one by one; the target has ${facts.nodes.length}`
  }
  const missing = scenario.needs.filter((need) => !controls.includes(need))
  if (missing.length > 0)
    return `needs the control ${missing.join(', ')}, which the target does not offer`
  if (scenario.needs.includes(LOAD) && pressureParty(facts) === undefined)
    return 'needs a client for the role pressure, apart from all that are judged'
  return scenario.streams.map((stream) => lacksFor(stream, facts)).find(isReason) ?? null
}

export function planScenario(
  scenario: Scenario,
  policy: Policy,
  facts: TargetFacts,
  random: Random,
): Experiment {
  const { name, question, faults, needs, mix, climb } = scenario
  const asked = (round: number, pace: Pace | undefined): Steps =>
    stepsOf(
      scenario.streams.map((stream) =>
        streamOf(stream, { scenario: name, round, policy, facts, random }, pace),
      ),
    )
  if (climb !== undefined && mix !== undefined) {
    const { tolerates = {} } = scenario
    return climbingExperiment({ name, question, mix, climb, tolerates, asked })
  }
  const pressure = needs.includes(LOAD) ? { pressure: pressureStep(name, policy, facts) } : {}
  return {
    name,
    question,
    start: () => ({ ask: asked(0, mix), faults, ...pressure, state: null }),
    next: () => ({ conclude: null }),
  }
}

function stepsOf(streams: readonly StepStream[]): Steps {
  return {
    streams,
    *[Symbol.iterator]() {
      for (const stream of streams) yield* stream
    },
  }
}

function isReason(reason: string | null): reason is string {
  return reason !== null
}
