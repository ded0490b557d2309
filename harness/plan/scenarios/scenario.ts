/** From a scenario's data to an experiment: every request by name, due time and node, drawn from no answer. */
import type { Experiment, Next } from '../../model/experiment.ts'
import type { FaultWindow, Json, Steps, StepStream } from '../../model/plan.ts'
import type { Pace, Scenario } from '../../model/scenario.ts'
import type { TargetFacts } from '../../model/target.ts'
import { plain } from '../../json.ts'
import { climbingExperiment } from './climb.ts'
import { pressureParty, pressureStep } from './pressure.ts'
import { failedInSequence } from './stopping.ts'
import { lacksFor, streamOf, type StreamContext } from './stream.ts'

/** The control that background load needs; with it goes a party of its own. */
const LOAD = 'load'

/** What a target can be broken with. */
export interface Offered {
  /** What is missing for it to run at all, and how to come by it; null where it runs. */
  readonly missing: string | null
  readonly controls: readonly string[]
  /** Why a control is not there, by its name, where something could be done about it. */
  readonly lacking?: Readonly<Record<string, string>>
  /** Why a fault cannot be inflicted on it, or null if it can. */
  readonly lacks: (window: FaultWindow) => string | null
}

/** What a target must have for it. */
export type Lacking = Pick<Scenario, 'name' | 'nodes' | 'needs' | 'streams' | 'faults'>

/**
 * Why a target cannot run a scenario, or null if it can.
 *
 * @param offered Null while that is not known: then all is taken to be there.
 */
export function lacks(
  scenario: Lacking,
  facts: TargetFacts,
  offered: Offered | null,
): string | null {
  if (offered !== null && offered.missing !== null) return offered.missing
  if (facts.nodes.length < scenario.nodes) {
    return `needs ${scenario.nodes} nodes that can be asked one by one; the target has ${facts.nodes.length}`
  }
  const missing = scenario.needs.filter((need) => offered?.controls.includes(need) === false)
  if (missing.length > 0)
    return [
      `needs the control ${missing.join(', ')}, which the target does not offer`,
      ...missing.flatMap((name) => offered?.lacking?.[name] ?? []),
    ].join(': ')
  if (scenario.needs.includes(LOAD) && pressureParty(facts) === undefined)
    return 'needs a client for the role pressure, apart from all that are judged'
  return (
    scenario.streams.map((stream) => lacksFor(stream, facts)).find(isReason) ??
    scenario.faults.map((window) => offered?.lacks(window) ?? null).find(isReason) ??
    null
  )
}

export interface Context extends Omit<StreamContext, 'scenario' | 'repetition'> {
  /** The most that its owner allows, in requests a second; null, or absent, without a limit. */
  readonly maxPerSecond?: number | null
}

/**
 * One repetition is one part of the round: all of it was fixed before the first answer, so that its presentations are fair
 * draws, and only one part has to be held in memory at a time.
 *
 * @param repetitions Which repetitions this run asks, by number from 0; a shard asks some of them.
 */
export function planScenario(
  scenario: Scenario,
  { maxPerSecond = null, ...context }: Context,
  repetitions: readonly number[] = [0],
): Experiment {
  const { name, question, faults, needs, mix, climb } = scenario
  const asked = (which: Pick<StreamContext, 'round' | 'repetition'>, pace?: Pace): Steps =>
    stepsOf(
      scenario.streams.map((each) =>
        streamOf(each, { ...context, scenario: name, ...which }, pace),
      ),
    )
  if (climb !== undefined && mix !== undefined) {
    const { tolerates = {} } = scenario
    const each = (round: number, pace: Pace): Steps => asked({ round }, pace)
    // It is asked once however often others are repeated, and by one shard alone.
    return repetitions.includes(0)
      ? climbingExperiment({
          name,
          question,
          mix,
          climb,
          tolerates,
          maxPerSecond,
          requests: perArrival(scenario.streams),
          asked: each,
        })
      : { name, question, start: () => ({ conclude: null }), next: () => ({ conclude: null }) }
  }
  const { policy, facts } = context
  const pressure = needs.includes(LOAD) ? { pressure: pressureStep(name, policy, facts) } : {}
  const repeated = (index: number): Next<Json> => {
    const repetition = repetitions[index]
    if (repetition === undefined) return { conclude: null }
    const part = { number: index + 1, of: repetitions.length }
    return {
      ask: asked({ repetition }, mix),
      faults,
      ...pressure,
      ...(repetitions.length === 1 ? {} : { part }),
      state: index,
    }
  }
  return {
    name,
    question,
    start: () => repeated(0),
    next(state, judged) {
      const done = (typeof state === 'number' ? state : 0) + 1
      const failed = done < repetitions.length ? failedInSequence(scenario, judged) : null
      if (failed === null) return repeated(done)
      return { conclude: { stoppedAfter: done, of: repetitions.length, gate: plain(failed) } }
    },
  }
}

/** How many requests one arrival of a mix comes to. */
function perArrival(streams: Scenario['streams']): number {
  return streams.reduce(
    (sum, { arrivals, copies }) => sum + (arrivals.kind === 'share' ? arrivals.of * copies : 0),
    0,
  )
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
