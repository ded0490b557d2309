/** One presentation, judged on its own: what it deserved in both frames, what came of it, and amid what. */
import type { Observation, Presentation } from '../model/history.ts'
import type { Phase } from '../model/scenario.ts'
import type { Outcome } from '../model/verdict.ts'
import type { Clocks } from './clocks.ts'
import type { Grounds } from './grounds.ts'
import type { Account } from './ledger.ts'
import { UNKNOWN } from './offset-line.ts'
import type { Faults } from './phases.ts'
import type { Place } from './places.ts'
import type { Rulings } from './rulings.ts'
import type { Slots } from './slots.ts'
import type { Use } from './use.ts'

export interface Sighting extends Use {
  readonly observation: Observation
  readonly presentation: Presentation
  /** The stream that it belongs to; null for the requests of checks. */
  readonly place: Place | null
  /** The account of its replay key; null where it has none, or is the only presentation of it. */
  readonly account: Account<Sighting> | null
  /** What it deserved by the target's own clock: findings stand on this. */
  readonly code: Grounds
  /** What it deserved by true time: rates stand on this. */
  readonly world: Grounds
  readonly phase: Phase
  /** The second and node that it is counted at. */
  readonly slot: number
}

/** A sighting whose times are not judged yet. There are so many that each is one object, completed in place. */
export type Draft = { -readonly [name in keyof Sighting]: Sighting[name] }

export interface Surroundings {
  readonly clocks: Clocks
  readonly faults: Faults
  readonly rulings: Rulings
  readonly slots: Slots
}

/**
 * How far a clock that nobody measured may be from the harness's. Half a day covers a local time taken for UTC, so that
 * only stimuli a day away from an edge convict such a target of anything about time.
 */
const UNMEASURED_US = 12 * 3600 * 1e6

/** What stands where nothing has been ruled yet. */
const UNRULED: Grounds = {
  deserves: 'either',
  rule: 'time',
  because: 'its time is not known yet',
  spec: '',
  declared: false,
  finding: null,
}
const NO_FAULTS: readonly string[] = []

export function draft(
  observation: Observation,
  presentation: Presentation,
  outcome: Outcome,
  place: Place | null,
): Draft {
  const { step, attempt, principal, node, begunUs, answeredUs, answer } = observation
  const { part, truth } = presentation
  return {
    step: attempt > 1 ? `${step}#${attempt}` : step,
    principal,
    node,
    part,
    begunUs,
    answeredUs,
    outcome,
    deserved: 'either',
    cause: '',
    authentic: truth.authentic,
    expUs: truth.expUs,
    token: answer.kind === 'reply' ? answer.token : null,
    offset: UNKNOWN,
    faultsInForce: NO_FAULTS,
    observation,
    presentation,
    place,
    account: null,
    code: UNRULED,
    world: UNRULED,
    phase: 'steady',
    slot: 0,
  }
}

/** Completes a draft once the clocks that it was judged by are known. */
export function complete(sighting: Draft, { clocks, faults, rulings, slots }: Surroundings): void {
  const { observation, presentation, place, principal, node } = sighting
  const { truth, usage } = presentation
  const fromUs = observation.begunUs ?? observation.dueUs
  const answeredUs = observation.answeredUs ?? Infinity
  // Without an answer it may have been judged at any time, and then its outcome proves nothing: what was owed is asked
  // of the moment it was sent, so that it can be counted as owed.
  const toUs = answeredUs === Infinity ? fromUs : Math.max(fromUs, answeredUs)
  const offset = clocks.offset(node, fromUs, toUs)
  const lowUs = Number.isFinite(offset.lowUs) ? offset.lowUs : -UNMEASURED_US
  const highUs = Number.isFinite(offset.highUs) ? offset.highUs : UNMEASURED_US
  const ruling = rulings.of(truth, usage, principal, place === null ? null : place.slot)
  const code = rulings.at(ruling, truth, fromUs + lowUs, toUs + highUs)
  sighting.offset = offset
  sighting.code = code
  sighting.world = rulings.at(ruling, truth, fromUs, toUs)
  sighting.cause = code.rule
  sighting.deserved = code.deserves
  sighting.phase = faults.phase(observation.scenario, fromUs, answeredUs)
  sighting.faultsInForce = faults.inForce(fromUs, answeredUs)
  sighting.slot = slots.of(observation)
}
