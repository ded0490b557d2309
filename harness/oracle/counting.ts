/** What one settled credential adds to the rates of its scenario (oracle.md, sections 4 and 5). */
import type { Cells, Count, Population } from './cells.ts'
import type { Group } from './ledger.ts'
import type { Sighting } from './sighting.ts'
import { sightingName, useName, type Place, type Settlement } from './settlement.ts'
import type { Standing } from './standing.ts'

/** How much of one scenario was judged, and of how much nothing is known. */
export interface Judged {
  judged: number
  undecided: number
}

export interface Counting {
  readonly cells: Cells
  readonly standing: Standing
  readonly sum: Judged
  /** Whether anything obliges the target to refuse a second use; without it that is a figure, no false accept. */
  readonly singleUse: boolean
}

type Frame = Population['frame']
type Kind = 'far' | 'frr' | 'unavailability' | 'replay-acceptance' | 'inconclusive'

const FRAMES: readonly Frame[] = ['world', 'code']

export function count(settlement: Settlement, place: Place, to: Counting): void {
  const { sightings } = settlement
  to.sum.judged += sightings.length
  countUndecided(settlement, place, to)
  for (const frame of FRAMES) {
    const book = bookFor(frame, place, to)
    for (const each of sightings) {
      if (each[frame].deserves === 'reject') book('far', each, proof(each, 'accepted'))
    }
    const candidates = sightings.filter((each) => each[frame].deserves !== 'reject')
    const first = candidates.find(({ outcome }) => outcome === 'accepted')
    countOwedAcceptance({ settlement, candidates, first, frame, book }, to)
    if (first !== undefined) countRepeats({ settlement, candidates, first, frame, book }, place, to)
  }
}

interface Frameful {
  readonly settlement: Settlement
  readonly candidates: readonly Sighting[]
  readonly frame: Frame
  readonly book: Book
}

type Book = (metric: Kind, at: Pick<Sighting, 'phase' | 'observation'>, count: Count) => void

/** Enters a count under its phase, and under its node as well where a fault may tell nodes apart. */
function bookFor(frame: Frame, { scenario, stream }: Place, { cells }: Counting): Book {
  return (metric, { phase, observation: { node } }, how) => {
    const repeated = metric === 'far' || metric === 'replay-acceptance'
    const population = {
      metric,
      frame,
      scenario: scenario.name,
      attack: stream.attack,
      phase,
      unit: repeated && stream.release === 'together' ? 'race' : 'presentation',
    } as const
    cells.add({ ...population, node: null }, how)
    if (scenario.faults.length > 0 && node !== null && metric !== 'inconclusive') {
      cells.add({ ...population, node }, how)
    }
  }
}

/** At most one acceptance is owed to a credential; whether a refusal was false waits until its party is seen to work. */
function countOwedAcceptance(
  { settlement, candidates, first, frame, book }: Frameful & { first: Sighting | undefined },
  { standing, sum }: Counting,
): void {
  const owed = candidates.filter((each) => each[frame].deserves === 'accept')
  const refused = owed.find((each) => isUnexcused(each, settlement))
  if (first !== undefined && refused === undefined) {
    if (!owed.some(({ outcome }) => outcome === 'accepted')) return
    book('frr', first, 'other')
    if (frame === 'world') book('unavailability', first, 'other')
    return
  }
  const shown = refused ?? owed[0]
  if (shown === undefined) return
  if (frame === 'world') book('unavailability', shown, availability(shown))
  const { principal, begunUs, answeredUs, dueUs } = shown.observation
  if (refused === undefined) return book('frr', shown, 'unknown')
  standing.refused({
    principal,
    begunUs: begunUs ?? dueUs,
    answeredUs: answeredUs ?? dueUs,
    settle: (works) => {
      book('frr', shown, works ? 'event' : 'unknown')
      if (frame === 'world' && !works) sum.undecided += 1
    },
  })
}

/** A refusal that no other use of the key can explain: the ledger says so, or every other use began after its answer. */
export function isUnexcused(sighting: Sighting, { group, sightings }: Settlement): boolean {
  if (sighting.outcome !== 'rejected') return false
  const phantom = group?.phantom
  if (phantom !== null && phantom !== undefined && isUse(sighting, phantom.use)) return true
  const answeredUs = sighting.observation.answeredUs ?? Infinity
  return sightings.every(
    (each) => each === sighting || (each.observation.begunUs ?? Infinity) > answeredUs,
  )
}

/** Every further use of an accepted key is owed a rejection, in a race all of them together. */
function countRepeats(
  { settlement, candidates, first, frame, book }: Frameful & { first: Sighting },
  { stream }: Place,
  { singleUse }: Counting,
): void {
  const metric = singleUse ? 'far' : 'replay-acceptance'
  const repeats = candidates.flatMap((each) => {
    const how = each === first ? null : repeatCount(each, first, frame, settlement)
    return how === null ? [] : [{ each, how }]
  })
  if (stream.release !== 'together') {
    for (const { each, how } of repeats) book(metric, each, how)
    return
  }
  const worst = RACE_ORDER.find((how) => repeats.some((each) => each.how === how))
  if (worst !== undefined) book(metric, shared(settlement.sightings, first), worst)
}

/** One false accept makes the race one; one copy without a clear answer leaves open whether it was. */
const RACE_ORDER: readonly Count[] = ['event', 'unknown', 'other']

function repeatCount(
  sighting: Sighting,
  first: Sighting,
  frame: Frame,
  { group }: Settlement,
): Count | null {
  const deserved = sighting[frame].deserves === 'accept'
  switch (sighting.outcome) {
    case 'accepted':
      return isFalse(sighting, frame, group) ? 'event' : null
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

/** A second issuance, unless clocks or lost memory excuse it in the code's frame; an answer given twice is none. */
function isFalse(sighting: Sighting, frame: Frame, group: Group | null): boolean {
  const double = group?.doubles.find(({ second }) => isUse(sighting, second))
  return double !== undefined && (frame === 'world' || double.frame === 'code')
}

/** Whether it may have been judged after `first` was accepted. */
function mayFollow({ observation }: Sighting, first: Sighting): boolean {
  const { answeredUs } = observation
  const { begunUs } = first.observation
  return answeredUs !== null && begunUs !== null && answeredUs > begunUs
}

/** The phase and node that all copies of a race have in common. */
function shared(
  sightings: readonly Sighting[],
  first: Sighting,
): Pick<Sighting, 'phase' | 'observation'> {
  const { node } = first.observation
  return {
    phase: sightings.every(({ phase }) => phase === first.phase) ? first.phase : 'transition',
    observation: sightings.every(({ observation }) => observation.node === node)
      ? first.observation
      : { ...first.observation, node: null },
  }
}

function countUndecided({ sightings, group }: Settlement, place: Place, to: Counting): void {
  const book = bookFor('world', place, to)
  const open = new Set(group?.undecided.map(useName))
  for (const each of sightings) {
    const undecided =
      isUndecided(each) || (each.outcome === 'rejected' && open.has(sightingName(each)))
    book('inconclusive', each, undecided ? 'event' : 'other')
    if (undecided) to.sum.undecided += 1
  }
}

/** A 5xx is no verdict either, but it is known for what it is: unavailability. */
function isUndecided({ outcome }: Sighting): boolean {
  return outcome === 'unanswered' || outcome === 'elsewhere' || outcome === 'challenged'
}

function isUse(sighting: Sighting, use: { readonly step: string; readonly part: string }): boolean {
  return sightingName(sighting) === useName(use)
}

/** Whether a rejection that was owed came, where `event` is the other thing. */
function proof({ outcome }: Sighting, event: 'accepted'): Count {
  if (outcome === event) return 'event'
  return outcome === 'rejected' ? 'other' : 'unknown'
}

/** A connection that had gone stale, and what was never sent, are the harness's own affair. */
function availability({ outcome, observation: { answer } }: Sighting): Count {
  const stale = answer.kind === 'none' && answer.cause === 'stale-connection'
  if (outcome === 'unsent' || stale) return 'unknown'
  return outcome === 'failed' || outcome === 'unanswered' ? 'event' : 'other'
}
