/** What one settled credential adds to the rates of its scenario (oracle.md, sections 4 and 5). */
import type { Metric } from '../../model/counts.ts'
import type { Usage } from '../../model/plan.ts'
import type { Count } from './book.ts'
import type { Cells, Counted } from './cells.ts'
import type { Lates } from '../replay/late.ts'
import type { Place } from '../scenarios/places.ts'
import type { Settlement } from '../settlement.ts'
import type { Exhibit } from '../sighting.ts'
import type { Slots } from '../time/slots.ts'
import type { Standing } from '../refusals/standing.ts'
import type { DoubleAccept } from '../replay/use.ts'

/** How much of one scenario was judged, and of how much nothing is known. */
export interface Judged {
  judged: number
  undecided: number
}

export interface Counting {
  readonly cells: Cells
  readonly slots: Slots
  readonly late: Lates
  readonly standing: Standing
  /** Whether anything obliges the target to refuse a second use; without it that is a figure, no false accept. */
  readonly singleUse: Readonly<Record<Usage, boolean>>
  /** Told of refusals that prove nothing, since their party may not have been working. */
  readonly scenarios: { doubt(settlement: Settlement, refused: Exhibit): void }
}

type Frame = 'world' | 'code'

/** One settlement in one frame. */
interface Matter {
  readonly settlement: Settlement
  readonly place: Place
  readonly frame: Frame
  readonly sum: Judged
  /** Where the counts of the frame go. */
  readonly enter: Enter
}

/** The phase, and the second of a node, that something is counted at. */
type At = Pick<Exhibit, 'phase' | 'slot'>
type Enter = (cells: Cells, place: Place, at: At, counted: Counted) => void

const inBoth: Enter = (cells, place, at, counted) => cells.add(place, at, counted, 1)
const inWorld: Enter = (cells, place, at, counted) => {
  cells.add(place, at, counted, 1)
  cells.correct(place, at, counted, -1)
}
const inCode: Enter = (cells, place, at, counted) => cells.correct(place, at, counted, 1)

/** The frames nearly always agree, so the world's is counted and the code's told by what it counts otherwise. */
export function count(settlement: Settlement, place: Place, sum: Judged, to: Counting): void {
  sum.judged += settlement.sightings.length
  countUndecided(settlement, place, sum, to)
  const world: Matter = { settlement, place, sum, frame: 'world', enter: inBoth }
  if (framesAgree(settlement)) return countFrame(world, to)
  countFrame({ ...world, enter: inWorld }, to)
  countFrame({ ...world, frame: 'code', enter: inCode }, to)
}

function framesAgree({ sightings, group }: Settlement): boolean {
  for (const { code, world } of sightings) if (code.deserves !== world.deserves) return false
  if (group === null) return true
  for (const { needsUs } of group.doubles) if (needsUs >= 0) return false
  return true
}

function countFrame(matter: Matter, to: Counting): void {
  const { settlement, place, frame, enter } = matter
  let first: Exhibit | undefined
  for (const each of settlement.sightings) {
    if (each[frame].deserves === 'reject') enter(to.cells, place, each, proof(each))
    else if (first === undefined && each.outcome === 'accepted') first = each
  }
  countOwedAcceptance(matter, first, to)
  if (first !== undefined && settlement.group !== null) countRepeats(matter, first, to)
}

/** At most one acceptance is owed to a credential; whether a refusal was false waits until its party is seen to work. */
function countOwedAcceptance(matter: Matter, first: Exhibit | undefined, to: Counting): void {
  const { settlement, place, frame, enter } = matter
  const { cells, standing } = to
  const { owed, refused, accepted } = owedIn(settlement, frame)
  if (first !== undefined && refused === null) {
    if (!accepted) return
    enter(cells, place, first, RIGHTLY_ACCEPTED)
    return enter(cells, place, first, SERVED)
  }
  const shown = refused ?? owed
  if (shown === null) return
  enter(cells, place, shown, availability(shown))
  if (refused === null) return enter(cells, place, shown, PERHAPS_REFUSED)
  const { principal, fromUs, toUs } = shown
  standing.refused({
    principal,
    begunUs: fromUs,
    answeredUs: toUs,
    settle: (works) => {
      enter(cells, place, shown, works ? WRONGLY_REFUSED : PERHAPS_REFUSED)
      if (frame === 'world' && !works) to.scenarios.doubt(settlement, shown)
    },
  })
}

const RIGHTLY_ACCEPTED: Counted = { metric: 'frr', as: 'other' }
const WRONGLY_REFUSED: Counted = { metric: 'frr', as: 'event' }
const PERHAPS_REFUSED: Counted = { metric: 'frr', as: 'unknown' }
const SERVED: Counted = { metric: 'unavailability', as: 'other' }

interface Owed {
  /** The first that deserves acceptance, and the first of those that nothing explains the refusal of. */
  readonly owed: Exhibit | null
  readonly refused: Exhibit | null
  /** Whether one that deserves acceptance was accepted. */
  readonly accepted: boolean
}

function owedIn(settlement: Settlement, frame: Frame): Owed {
  let owed: Exhibit | null = null
  let refused: Exhibit | null = null
  let accepted = false
  for (const each of settlement.sightings) {
    if (each[frame].deserves !== 'accept') continue
    owed ??= each
    accepted ||= each.outcome === 'accepted'
    if (refused === null && isUnexcused(each, settlement)) refused = each
  }
  return { owed, refused, accepted }
}

/** A refusal that no other use of the key can explain: the ledger says so, or every other use began after its answer. */
export function isUnexcused(sighting: Exhibit, { group, sightings }: Settlement): boolean {
  if (sighting.outcome !== 'rejected') return false
  if (group?.phantom?.use === sighting) return true
  const answeredUs = sighting.answeredUs ?? Infinity
  return sightings.every((each) => each === sighting || (each.begunUs ?? Infinity) > answeredUs)
}

/** Every further use of an accepted key is owed a rejection, in a race all of them together. */
function countRepeats(matter: Matter, first: Exhibit, to: Counting): void {
  const { settlement, place, frame, enter } = matter
  if (place.stream.release === 'together') return countRace(matter, first, to)
  const metric = metricOf(place, to)
  for (const each of settlement.sightings) {
    if (each === first || each[frame].deserves === 'reject') continue
    const double = doubleOf(each, matter)
    const how = repeatCount(each, first, frame, double)
    if (how !== null) enter(to.cells, place, each, { metric, as: how })
    else if (double !== undefined && frame === 'code')
      to.late.count(double, { place, metric, phase: each.phase, slot: each.slot, instead: null })
  }
}

function countRace(matter: Matter, first: Exhibit, to: Counting): void {
  const { settlement, place, frame, enter } = matter
  const metric = metricOf(place, to)
  let worst: Count | null = null
  for (const each of settlement.sightings) {
    if (each === first || each[frame].deserves === 'reject') continue
    const how = repeatCount(each, first, frame, doubleOf(each, matter))
    if (how !== null) worst = worse(worst, how)
  }
  const at = shared(settlement.sightings, first, to)
  if (worst !== null) enter(to.cells, place, at, { metric, as: worst })
  if (frame !== 'code' || worst === 'event') return
  const double = settlement.group?.doubles.find(({ needsUs }) => needsUs < Infinity)
  if (double !== undefined) to.late.count(double, { place, metric, ...at, instead: worst })
}

/** A second use is a false accept only where it must be refused. */
function metricOf({ stream }: Place, { singleUse }: Counting): Metric {
  return singleUse[stream.usage] ? 'far' : 'replay-acceptance'
}

function doubleOf(
  sighting: Exhibit,
  { settlement: { group } }: Matter,
): DoubleAccept<Exhibit> | undefined {
  if (group === null || group.doubles.length === 0) return undefined
  return group.doubles.find(({ second }) => second === sighting)
}

/** One false accept makes the race one; one copy without a clear answer leaves open whether it was. */
const RACE_ORDER: readonly (Count | null)[] = ['event', 'unknown', 'other', null]

function worse(one: Count | null, other: Count): Count | null {
  return RACE_ORDER.indexOf(one) < RACE_ORDER.indexOf(other) ? one : other
}

function repeatCount(
  sighting: Exhibit,
  first: Exhibit,
  frame: Frame,
  double: DoubleAccept<Exhibit> | undefined,
): Count | null {
  const deserved = sighting[frame].deserves === 'accept'
  switch (sighting.outcome) {
    case 'accepted':
      // An answer given twice is no second issuance; in the code's frame clocks or lost memory may excuse one.
      return double !== undefined && (frame === 'world' || double.needsUs < 0) ? 'event' : null
    case 'rejected':
      return deserved && mayFollow(sighting, first) ? 'other' : null
    case 'elsewhere':
    case 'challenged':
    case 'failed':
    case 'unanswered':
      return deserved ? 'unknown' : null
    case 'unsent':
      return null
  }
}

/** Whether it may have been judged after `first` was accepted. */
function mayFollow({ answeredUs }: Exhibit, first: Exhibit): boolean {
  return answeredUs !== null && first.begunUs !== null && answeredUs > first.begunUs
}

/** The phase and the second and node that all copies of a race have in common. */
function shared(sightings: readonly Exhibit[], first: Exhibit, { slots }: Counting): At {
  const { node, phase, fromUs } = first
  return {
    phase: sightings.every((each) => each.phase === phase) ? phase : 'transition',
    slot: slots.at(fromUs, sightings.every((each) => each.node === node) ? node : null),
  }
}

function countUndecided(
  { sightings, group }: Settlement,
  place: Place,
  sum: Judged,
  { cells }: Counting,
): void {
  for (const each of sightings) {
    const undecided =
      isUndecided(each) ||
      (each.outcome === 'rejected' && group !== null && group.undecided.includes(each))
    cells.add(place, each, undecided ? UNDECIDED : DECIDED, 1)
    if (undecided) sum.undecided += 1
  }
}

const UNDECIDED: Counted = { metric: 'inconclusive', as: 'event' }
const DECIDED: Counted = { metric: 'inconclusive', as: 'other' }

/** A 5xx is no verdict either, but it is known for what it is: unavailability. */
function isUndecided({ outcome }: Exhibit): boolean {
  return outcome === 'unanswered' || outcome === 'elsewhere' || outcome === 'challenged'
}

/** Whether a rejection that was owed came. */
function proof({ outcome }: Exhibit): Counted {
  if (outcome === 'accepted') return WRONGLY_ACCEPTED
  return outcome === 'rejected' ? RIGHTLY_REFUSED : PERHAPS_ACCEPTED
}

const WRONGLY_ACCEPTED: Counted = { metric: 'far', as: 'event' }
const RIGHTLY_REFUSED: Counted = { metric: 'far', as: 'other' }
const PERHAPS_ACCEPTED: Counted = { metric: 'far', as: 'unknown' }

/** A connection that had gone stale, and what was never sent, are the harness's own affair. */
function availability({ outcome, stale }: Exhibit): Counted {
  if (outcome === 'unsent' || stale) return PERHAPS_SERVED
  return outcome === 'failed' || outcome === 'unanswered' ? NOT_SERVED : SERVED
}

const NOT_SERVED: Counted = { metric: 'unavailability', as: 'event' }
const PERHAPS_SERVED: Counted = { metric: 'unavailability', as: 'unknown' }
