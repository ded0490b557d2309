/** One presentation, judged on its own: what it deserved in both frames, what came of it, and amid what. */
import type { Observation, Presentation } from '../model/history.ts'
import type { Phase } from '../model/scenario.ts'
import type { Outcome } from '../model/verdict.ts'
import { classify } from './classify.ts'
import type { Clocks, OffsetUs } from './clocks.ts'
import { deserves } from './deserves.ts'
import type { Grounds, Instants, Standard } from './grounds.ts'
import type { Faults } from './phases.ts'

export interface Sighting {
  readonly observation: Observation
  readonly presentation: Presentation
  readonly outcome: Outcome
  /** What it deserved by the target's own clock: findings stand on this. */
  readonly code: Grounds
  /** What it deserved by true time: rates stand on this. */
  readonly world: Grounds
  readonly phase: Phase
  readonly faultsInForce: readonly string[]
  readonly offset: OffsetUs
}

export interface Surroundings {
  readonly clocks: Clocks
  readonly faults: Faults
}

/**
 * How far a clock that nobody measured may be from the harness's. Half a day covers a local time taken for UTC, so that
 * only stimuli a day away from an edge convict such a target of anything about time.
 */
const UNMEASURED_US = 12 * 3600 * 1e6

export function sight(
  observation: Observation,
  presentation: Presentation,
  standard: Omit<Standard, 'principal'>,
  { clocks, faults }: Surroundings,
): Sighting {
  const { truth, usage } = presentation
  const by: Standard = { ...standard, principal: observation.principal }
  const [fromUs, toUs] = spanOf(observation)
  const offset = clocks.offset(observation.node, fromUs, toUs)
  const answeredUs = observation.answeredUs ?? Infinity
  return {
    observation,
    presentation,
    outcome: classify(observation, presentation, standard.policy),
    code: deserves(truth, usage, by, instants(fromUs, toUs, offset)),
    world: deserves(truth, usage, by, { lowUs: fromUs, highUs: toUs }),
    phase: faults.phase(observation.scenario, fromUs, answeredUs),
    faultsInForce: faults.inForce(fromUs, answeredUs),
    offset,
  }
}

/**
 * When the target judged it. Without an answer that may have been at any time, and then its outcome proves nothing: what
 * was owed is asked of the moment it was sent, so that it can be counted as owed.
 */
export function spanOf({
  begunUs,
  answeredUs,
  dueUs,
}: Observation): [fromUs: number, toUs: number] {
  const fromUs = begunUs ?? dueUs
  return [fromUs, Math.max(fromUs, answeredUs ?? fromUs)]
}

function instants(fromUs: number, toUs: number, { lowUs, highUs }: OffsetUs): Instants {
  return {
    lowUs: fromUs + (Number.isFinite(lowUs) ? lowUs : -UNMEASURED_US),
    highUs: toUs + (Number.isFinite(highUs) ? highUs : UNMEASURED_US),
  }
}
