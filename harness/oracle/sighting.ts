/** One presentation, judged on its own: what it deserved in both frames, what came of it, and amid what. */
import type { Answer, Observation, Presentation } from '../model/history.ts'
import type { Usage } from '../model/plan.ts'
import type { Policy } from '../model/policy.ts'
import type { Phase } from '../model/scenario.ts'
import { classify, isOwnTrouble } from './answers/classify.ts'
import type { Clocks } from './time/clocks.ts'
import type { Timeless } from './deserving/deserves.ts'
import type { Grounds } from './deserving/grounds.ts'
import type { Account } from './replay/ledger.ts'
import type { Attempt } from './refusals/lock-outs.ts'
import { UNKNOWN } from './time/offset-line.ts'
import type { Judging } from '../model/judging.ts'
import { byKeyState, byKeyTrouble, lingersUs } from './deserving/key-state.ts'
import type { KeyTimes } from './scenarios/key-times.ts'
import type { FaultOf, Faults } from './time/phases.ts'
import type { Place } from './scenarios/places.ts'
import type { Rulings } from './deserving/rulings.ts'
import type { Slots } from './time/slots.ts'
import type { Use } from './replay/use.ts'

/**
 * What judging and telling need of one presentation. The observation itself is let go: there may be many thousands in
 * memory, from the beginning of a key until its last use.
 */
export interface Exhibit extends Use {
  readonly scenario: string
  readonly caseId: string
  readonly usage: Usage
  /** The step whose token it is, where that is followed through its life; null for all else. */
  readonly follows: string | null
  /** The stream that it belongs to; null for the requests of checks. */
  readonly place: Place | null
  /** Its replay key, and the account of that; null where it has none, or is the only presentation of it. */
  readonly key: string | null
  readonly account: Account<Exhibit> | null
  /**
   * When it was judged. Without an answer that may have been at any time, and then its outcome proves nothing: what was
   * owed is asked of the moment it was sent, so that it can be counted as owed.
   */
  readonly fromUs: number
  readonly toUs: number
  readonly jti: string | null
  /** Whose it says it is; its sender's where it says nothing. */
  readonly party: string
  /** The kind of what is wrong with it; null where nothing is. */
  readonly defect: string | null
  /** What came back, in words. */
  readonly got: string
  /** Whether that was an error of the server's own. */
  readonly crashed: boolean
  /** Asked for because of earlier answers. */
  readonly searched: boolean
  /** Answered before its held tail was released: the server did not wait for the whole credential. */
  readonly early: boolean
  /** Sent over a connection that the other side had already given up. */
  readonly stale: boolean
  readonly ruling: Timeless
  /** What it deserved by true time: rates stand on this. */
  readonly world: Grounds
  /** Within these offsets of the target's clock it deserved the same by that. */
  readonly slackLowUs: number
  readonly slackHighUs: number
  /** What it deserved by the target's own clock: findings stand on this. */
  readonly code: Grounds
  readonly phase: Phase
  /** The second and node that it is counted at. */
  readonly slot: number
}

/** A presentation of a check, which is held against a table that may ask for anything. */
export interface Sighting extends Exhibit {
  readonly observation: Observation
  readonly presentation: Presentation
}

type Writable<T> = { -readonly [name in keyof T]: T[name] }

/** An exhibit whose times are not judged yet. There are so many that each is one object, completed in place. */
export type Draft = Writable<Exhibit> & Partial<Pick<Sighting, 'observation' | 'presentation'>>

export function isSighting(
  exhibit: Draft,
): exhibit is Draft & Required<Pick<Draft, 'observation' | 'presentation'>> {
  return exhibit.observation !== undefined
}

export interface Standards {
  readonly policy: Policy
  readonly rulings: Rulings
  readonly slots: Slots
  /** Puts an answer into words. */
  readonly words: (answer: Answer) => string
}

export interface Surroundings {
  readonly judging: Pick<Judging, 'target'>
  readonly keyTimes: KeyTimes
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
  { policy, rulings, slots, words }: Standards,
): Draft {
  const { step, attempt, principal, node, begunUs, releasedUs, answeredUs } = observation
  const { answer, scenario, caseId, endpoint } = observation
  const { part, usage, key, truth, tried, follows } = presentation
  const fromUs = begunUs ?? observation.dueUs
  const toUs = Math.max(fromUs, answeredUs ?? fromUs)
  const ruling = rulings.of(truth, usage, principal, place === null ? null : place.slot)
  const world = rulings.at(ruling, truth, fromUs, toUs)
  const made: Draft = {
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
    tried: orNull(tried),
    follows: orNull(follows),
    offset: UNKNOWN,
    faultsInForce: NO_FAULTS,
    scenario,
    caseId,
    endpoint,
    usage,
    place,
    key,
    account: null,
    fromUs,
    toUs,
    nbfUs: truth.nbfUs,
    iatUs: truth.iatUs,
    jti: truth.jti,
    party: truth.issuer ?? principal,
    defect: truth.defect === null ? null : truth.defect.kind,
    got: words(answer),
    crashed: isOwnTrouble(answer),
    searched: isSearched(observation, place),
    early: releasedUs !== null && answeredUs !== null && answeredUs < releasedUs,
    stale: answer.kind === 'none' && answer.cause === 'stale-connection',
    ruling,
    world,
    slackLowUs: 0,
    slackHighUs: 0,
    code: world,
    phase: 'steady',
    slot: slots.of(observation),
  }
  if (world.rule !== 'time') rulings.slacken(made)
  return place === null ? Object.assign(made, { observation, presentation }) : made
}

function orNull(step: string | undefined): string | null {
  return step ?? null
}

/** Completes a draft once the clocks that it was judged by are known. */
export function complete(exhibit: Draft, surroundings: Surroundings): void {
  const { clocks, faults, rulings } = surroundings
  const { node, fromUs, toUs, world, scenario } = exhibit
  const offset = clocks.offset(node, fromUs, toUs)
  exhibit.offset = offset
  exhibit.code = world
  if (offset.lowUs < exhibit.slackLowUs || offset.highUs > exhibit.slackHighUs) {
    const lowUs = Number.isFinite(offset.lowUs) ? offset.lowUs : -UNMEASURED_US
    const highUs = Number.isFinite(offset.highUs) ? offset.highUs : UNMEASURED_US
    exhibit.code = rulings.at(exhibit.ruling, exhibit, fromUs + lowUs, toUs + highUs)
  }
  judgeKey(exhibit, surroundings)
  exhibit.cause = exhibit.code.rule
  exhibit.deserved = exhibit.code.deserves
  const untilUs = exhibit.answeredUs ?? Infinity
  exhibit.phase = faults.phase(scenario, fromUs, untilUs)
  exhibit.faultsInForce = faults.inForce(fromUs, untilUs)
}

export function attemptOf({ step, party, node, fromUs, answeredUs }: Exhibit): Attempt {
  return { step, party, node, begunUs: fromUs, answeredUs: answeredUs ?? Infinity }
}

function judgeKey(exhibit: Draft, { faults, judging, keyTimes }: Surroundings): void {
  const { place, principal, scenario, fromUs, answeredUs } = exhibit
  const { target } = judging
  const untilUs = answeredUs ?? Infinity
  const state = place?.stream.keyState
  const since =
    state === undefined
      ? null
      : faults.since(keyFault(scenario, state.by, principal, target), fromUs, untilUs)
  keyTimes.see(exhibit, since)
  if (state !== undefined && since !== null) {
    exhibit.code = byKeyState(exhibit.code, state, since, target)
    exhibit.world = byKeyState(exhibit.world, state, since, target)
  }
  // The change that its key is good or not since is ruled on already.
  const others = faults
    .lingering(principal, fromUs, untilUs, lingersUs(target))
    .filter((fault) => fault !== state?.by)
  if (others.length > 0) Object.assign(exhibit, byKeyTrouble(exhibit, others))
}

/** What happens to the keys of another party changes nothing of this one's. */
function keyFault(
  scenario: string,
  fault: string,
  principal: string,
  { principals }: Judging['target'],
): FaultOf {
  const isOthers = (on: string): boolean => on !== principal && Object.hasOwn(principals, on)
  return { scenario, fault, isElsewhere: isOthers }
}

/** The next rung of a climb asks the same mix: answers decided how much of it alone. */
function isSearched({ round }: Observation, place: Place | null): boolean {
  return round > 0 && place?.scenario.climb === undefined
}
