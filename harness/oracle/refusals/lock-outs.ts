/**
 * Whether a party may have been locked out: refused for what it had failed at before, as brute-force protections do, and
 * answered as any failed authentication is. No document forbids that, after however few failures and for however short a
 * time, so that a refusal convicts only where none can have been in force.
 *
 * A lock-out begins with a failure, and while it lasts nothing of the party is accepted. One node may lock a party out by
 * itself, or all of them together. So it explains a refusal unless at that node, and at all nodes taken together, an
 * acceptance lies wholly between the refusal and whatever may have failed before it. What got no answer may have failed at
 * any time since it was sent.
 *
 * Nor does a refusal convict that stands in a row with others that nothing explains: who fails behind the harness's back,
 * under the same name, locks the party out as well.
 *
 * Others lock out where it is asked from, whoever asks: then everybody here fails for anybody's failure. That is looked at
 * in the same way, of all parties together. Yet with many of them asking at once some failure lies next to every refusal,
 * and a lock-out of milliseconds would explain each, which nobody has: it explains a refusal only if nobody was accepted for
 * a second around it.
 */
import {
  below,
  openAcceptances,
  ROOM,
  type Acceptances,
  type Between,
  type Room,
} from './acceptances.ts'
import { openSpans, type Spans } from '../time/spans.ts'

/** One credential of a party, as it was answered; times in microseconds, `answeredUs` infinite without an answer. */
export interface Attempt {
  /** Its request: what else that carried in the same name failed with it, and is no other failure. */
  readonly step: string
  readonly party: string
  readonly node: string | null
  readonly begunUs: number
  readonly answeredUs: number
}

export interface LockOuts {
  accepted(attempt: Attempt): void
  /** It was, or may have been, turned away, for whatever reason. */
  failed(attempt: Attempt): void
  /** It was turned away though it was owed an acceptance: told once for each credential. */
  turnedAway(attempt: Attempt): void
  /** A refusal was seen that may yet be asked about: whatever lies next to it must be kept in mind. */
  mayAsk(attempt: Attempt): void
  mayExplain(refusal: Attempt): boolean
  /** Tells the reader that a refusal is excused by that. */
  excused(refusal: Attempt): void
  /**
   * Whether the party failed before it, at that node or anywhere, since it was last accepted there. Whoever is refused in a
   * row from the moment on at which its node lost its store, and there alone, has not been locked out by somebody else.
   */
  mayFollow(refusal: Attempt): boolean
  /** What may have been lock-outs, for the reader. */
  notes(): readonly string[]
}

/** So many are kept of one party at one place. What comes beyond is taken for what got no answer. */
const KEPT_MOST = 500_000

/** The shortest time for which a source may be locked out. */
const SOURCE_LEAST_US = 1_000_000

/** Stands for all parties together, who ask from one source. */
const EVERYBODY: unique symbol = Symbol('everybody')
type Whose = string | typeof EVERYBODY

/** Stands for all nodes together. */
const EVERYWHERE: unique symbol = Symbol('everywhere')
type Place = string | typeof EVERYWHERE

/** What is known of one party at one place. */
interface Known {
  readonly accepted: Acceptances
  readonly failed: Row
  readonly turnedAway: Row
}

/** What is known, by whom it is of and by where. */
interface Standings {
  readonly known: (party: Whose, place: Place) => Known
  /** What nobody can place counts for every node. */
  readonly placesOf: (node: string | null) => readonly Place[]
  /** All that an attempt bears on. */
  readonly borneOn: (attempt: Pick<Attempt, 'party' | 'node'>) => readonly Known[]
  /** All that an acceptance bears on: where it was nobody knows, it says nothing of any one node. */
  readonly borneOnAccepted: (attempt: Pick<Attempt, 'party' | 'node'>) => readonly Known[]
}

function openStandings(nodes: readonly string[], most: number, room: Room): Standings {
  const parties = new Map<Whose, Map<Place, Known>>()
  const known = (party: Whose, place: Place): Known => {
    let places = parties.get(party)
    if (places === undefined) parties.set(party, (places = new Map()))
    let found = places.get(place)
    if (found === undefined) {
      found = {
        accepted: openAcceptances(room),
        failed: openRow(most),
        turnedAway: openRow(most),
      }
      places.set(place, found)
    }
    return found
  }
  const placesOf = (node: string | null): readonly Place[] => {
    if (nodes.length < 2) return [EVERYWHERE]
    return node === null ? [EVERYWHERE, ...nodes] : [EVERYWHERE, node]
  }
  const borneAt = (party: string, places: readonly Place[]): readonly Known[] =>
    places.flatMap((place) => [known(party, place), known(EVERYBODY, place)])
  // Every request asks for it: put together once for each party at each node.
  const bearings = new Map<string, Map<string | null, readonly Known[]>>()
  const borneOn: Standings['borneOn'] = ({ party, node }) => {
    let of = bearings.get(party)
    if (of === undefined) bearings.set(party, (of = new Map()))
    let found = of.get(node)
    if (found === undefined) of.set(node, (found = borneAt(party, placesOf(node))))
    return found
  }
  return {
    known,
    placesOf,
    borneOn,
    borneOnAccepted: (attempt) =>
      attempt.node === null ? borneAt(attempt.party, [EVERYWHERE]) : borneOn(attempt),
  }
}

/** @param nodes The target's nodes: of one that has no other nothing is asked apart. */
export function openLockOuts(nodes: readonly string[], most = KEPT_MOST, room = ROOM): LockOuts {
  const { known, placesOf, borneOn, borneOnAccepted } = openStandings(nodes, most, room)
  const explained = new Map<string, number>()
  return {
    accepted(attempt) {
      for (const { accepted } of borneOnAccepted(attempt))
        accepted.add(attempt.begunUs, attempt.answeredUs)
    },
    failed(attempt) {
      for (const { failed } of borneOn(attempt)) failed.add(attempt)
    },
    turnedAway(attempt) {
      for (const { turnedAway } of borneOn(attempt)) turnedAway.add(attempt)
    },
    mayAsk(attempt) {
      for (const { accepted } of borneOn(attempt))
        accepted.mark(attempt.begunUs, attempt.answeredUs)
    },
    mayExplain: (refusal) =>
      placesOf(refusal.node).some(
        (place) =>
          explains(known(refusal.party, place), refusal) ||
          explains(known(EVERYBODY, place), refusal, SOURCE_LEAST_US),
      ),
    excused: ({ party }) => void explained.set(party, (explained.get(party) ?? 0) + 1),
    mayFollow: (refusal) =>
      placesOf(refusal.node).some(
        (place) =>
          hasFailed(known(refusal.party, place), refusal) ||
          hasFailedByRight(known(EVERYBODY, place), refusal),
      ),
    notes: () =>
      [...explained].map(
        ([party, times]) =>
          `'${party}' was refused ${times} times where an earlier failure may have locked it out, or everybody who asks from here, at that node or everywhere: those refusals convict nobody.`,
      ),
  }
}

function hasFailed({ accepted, failed }: Known, { begunUs, answeredUs }: Attempt): boolean {
  const { fromUs } = accepted.around(begunUs, answeredUs)
  // It is one of them itself.
  return failed.within({ fromUs, toUs: answeredUs }) > 1
}

/** What somebody did to deserve it: other refusals that came with the loss of a store are no reason for themselves. */
function hasFailedByRight(
  { accepted, failed, turnedAway }: Known,
  { begunUs, answeredUs }: Attempt,
): boolean {
  const { fromUs, toUs } = accepted.around(begunUs, answeredUs)
  const since = { fromUs, toUs: answeredUs }
  return toUs - fromUs >= SOURCE_LEAST_US && failed.within(since) > turnedAway.within(since)
}

function explains(
  { accepted, failed, turnedAway }: Known,
  { begunUs, answeredUs }: Attempt,
  leastUs = 0,
): boolean {
  const { fromUs, toUs } = accepted.around(begunUs, answeredUs)
  if (toUs - fromUs < leastUs) return false
  // It is one of either itself.
  return failed.within({ fromUs, toUs: answeredUs }) > 1 || turnedAway.within({ fromUs, toUs }) > 1
}

/** Spans of time, to be counted. */
interface Row {
  /** What one request carries comes one after the other. */
  add(attempt: Attempt): void
  /** How many reach between the two: all but those answered before it, and those that began after it. */
  within(between: Between): number
}

function openRow(most: number): Row {
  const spans = openSpans()
  /** From when on anything may have been. */
  let endlessUs: number | null = null
  let count: ((between: Between) => number) | null = null
  let latest: string | null = null
  return {
    add({ step, begunUs, answeredUs }) {
      if (step === latest) return
      latest = step
      if (answeredUs < Infinity && spans.length < most) spans.push(begunUs, answeredUs)
      else endlessUs = Math.min(endlessUs ?? Infinity, begunUs)
      count = null
    },
    within(between) {
      if (endlessUs !== null && endlessUs <= between.toUs) return Infinity
      count ??= counter(spans)
      return count(between)
    },
  }
}

function counter(spans: Spans): (between: Between) => number {
  const begins = spans.begins.toSorted()
  const answers = spans.answers.toSorted()
  return ({ fromUs, toUs }) => below(begins, toUs, true) - below(answers, fromUs)
}
