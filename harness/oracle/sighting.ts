/** One presentation, judged on its own: what it deserved in both frames, what came of it, and amid what. */
import type { Observation, Presentation } from '../model/history.ts'
import type { Usage } from '../model/plan.ts'
import type { Policy } from '../model/policy.ts'
import type { Phase } from '../model/scenario.ts'
import { classify } from './classify.ts'
import type { Clocks } from './clocks.ts'
import type { Timeless } from './deserves.ts'
import type { Grounds } from './grounds.ts'
import type { Account } from './ledger.ts'
import { UNKNOWN } from './offset-line.ts'
import type { Faults } from './phases.ts'
import type { Place } from './places.ts'
import type { Slack } from './rule-time.ts'
import type { Rulings } from './rulings.ts'
import type { Slots } from './slots.ts'
import type { Use } from './use.ts'

export interface Sighting extends Use {
  /** For whoever tells of it. What judging needs stands beside it, so that there is little to look up. */
  readonly observation: Observation
  readonly presentation: Presentation
  readonly usage: Usage
  /** The stream that it belongs to; null for the requests of checks. */
  readonly place: Place | null
  /** Its replay key, and the account of that; null where it has none, or is the only presentation of it. */
  readonly key: string | null
  readonly account: Account<Sighting> | null
  /**
   * When it was judged. Without an answer that may have been at any time, and then its outcome proves nothing: what was
   * owed is asked of the moment it was sent, so that it can be counted as owed.
   */
  readonly fromUs: number
  readonly toUs: number
  /** Asked for because of earlier answers. */
  readonly searched: boolean
  readonly ruling: Timeless
  /** What it deserved by true time: rates stand on this. */
  readonly world: Grounds
  /** Within these offsets of the target's clock it deserved the same by that. */
  readonly slack: Slack
  /** What it deserved by the target's own clock: findings stand on this. */
  readonly code: Grounds
  readonly phase: Phase
  /** The second and node that it is counted at. */
  readonly slot: number
}

/** A sighting whose times are not judged yet. There are so many that each is one object, completed in place. */
export type Draft = { -readonly [name in keyof Sighting]: Sighting[name] }

export interface Standards {
  readonly policy: Policy
  readonly rulings: Rulings
  readonly slots: Slots
}

export interface Surroundings {
  readonly clocks: Clocks
  readonly faults: Faults
  readonly rulings: Rulings
}

/**
 * How far a clock that nobody measured may be from the harness's. Half a day covers a local time taken for UTC, so that
 * only stimuli a day away from an edge convict such a target of anything about time.
 */
const UNMEASURED_US = 12 * 3600 * 1e6

const NO_FAULTS: readonly string[] = []

/** What can be said of it before the target's clocks are known. */
export function draft(
  observation: Observation,
  presentation: Presentation,
  place: Place | null,
  { policy, rulings, slots }: Standards,
): Draft {
  const { step, attempt, principal, node, begunUs, answeredUs, dueUs, answer } = observation
  const { part, usage, key, truth } = presentation
  const fromUs = begunUs ?? dueUs
  const toUs = answeredUs === null ? fromUs : Math.max(fromUs, answeredUs)
  const ruling = rulings.of(truth, usage, principal, place === null ? null : place.slot)
  const world = rulings.at(ruling, truth, fromUs, toUs)
  const slack = { lowUs: 0, highUs: 0 }
  if (world.rule !== 'time') rulings.slacken(slack, truth, fromUs, toUs)
  return {
    step: attempt > 1 ? `${step}#${attempt}` : step,
    principal,
    node,
    part,
    begunUs,
    answeredUs,
    outcome: classify(observation, presentation, policy),
    deserved: world.deserves,
    cause: world.rule,
    authentic: truth.authentic,
    expUs: truth.expUs,
    token: answer.kind === 'reply' ? answer.token : null,
    offset: UNKNOWN,
    faultsInForce: NO_FAULTS,
    observation,
    presentation,
    usage,
    place,
    key,
    account: null,
    fromUs,
    toUs,
    searched: observation.round > 0,
    ruling,
    world,
    slack,
    code: world,
    phase: 'steady',
    slot: slots.of(observation),
  }
}

/** Completes a draft once the clocks that it was judged by are known. */
export function complete(sighting: Draft, { clocks, faults, rulings }: Surroundings): void {
  const { node, fromUs, toUs, slack, world } = sighting
  const offset = clocks.offset(node, fromUs, toUs)
  sighting.offset = offset
  if (offset.lowUs < slack.lowUs || offset.highUs > slack.highUs) {
    const lowUs = Number.isFinite(offset.lowUs) ? offset.lowUs : -UNMEASURED_US
    const highUs = Number.isFinite(offset.highUs) ? offset.highUs : UNMEASURED_US
    const { truth } = sighting.presentation
    sighting.code = rulings.at(sighting.ruling, truth, fromUs + lowUs, toUs + highUs)
  } else sighting.code = world
  sighting.cause = sighting.code.rule
  sighting.deserved = sighting.code.deserves
  const untilUs = sighting.answeredUs ?? Infinity
  const scenario = sighting.place?.scenario.name ?? sighting.observation.scenario
  sighting.phase = faults.phase(scenario, fromUs, untilUs)
  sighting.faultsInForce = faults.inForce(fromUs, untilUs)
}
