/** From a scenario's data to an experiment of one round: every request by name, due time and node, drawn from no answer. */
import type { Json } from '../model/plan.ts'
import type { Experiment, Next } from '../model/experiment.ts'
import type { Scenario } from '../model/scenario.ts'
import type { TargetFacts } from '../model/target.ts'
import { plain } from '../json.ts'
import { pressureParty, pressureStep } from './pressure.ts'
import { failedInSequence } from './stopping.ts'
import { lacksFor, stepsOf, type StreamContext } from './stream.ts'

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

/**
 * One repetition is one part of the round: all of it was fixed before the first answer, so that its presentations are fair
 * draws, and only one part has to be held in memory at a time.
 *
 * @param repetitions Which repetitions this run asks, by number from 0; a shard asks some of them.
 */
export function planScenario(
  scenario: Scenario,
  context: Omit<StreamContext, 'scenario' | 'repetition'>,
  repetitions: readonly number[] = [0],
): Experiment {
  const { name, question, streams, faults, needs } = scenario
  const { policy, facts } = context
  const pressure = needs.includes(LOAD) ? { pressure: pressureStep(name, policy, facts) } : {}
  const asked = (index: number): Next<Json> => {
    const repetition = repetitions[index]
    if (repetition === undefined) return { conclude: null }
    const of = { ...context, scenario: name, repetition }
    const part = { number: index + 1, of: repetitions.length }
    return {
      ask: streams.flatMap((stream) => stepsOf(stream, of)),
      faults,
      ...pressure,
      ...(repetitions.length === 1 ? {} : { part }),
      state: index,
    }
  }
  return {
    name,
    question,
    start: () => asked(0),
    next(state, judged) {
      const done = (typeof state === 'number' ? state : 0) + 1
      const failed = done < repetitions.length ? failedInSequence(scenario, judged) : null
      if (failed === null) return asked(done)
      return { conclude: { stoppedAfter: done, of: repetitions.length, gate: plain(failed) } }
    },
  }
}

function isReason(reason: string | null): reason is string {
  return reason !== null
}
