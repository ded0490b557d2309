/**
 * Whether a party works at all: a refusal is only wrong of somebody whose nearest answers before it and after it were
 * acceptances. A server may lock a party out for a while after bad attempts in its name and answer that as it answers any
 * failed authentication, so that several refusals in a row tell nothing about the credentials that were refused.
 */
import { below, openAcceptances, ROOM, type Acceptances, type Between } from './acceptances.ts'

export interface Standing {
  accepted(principal: string, begunUs: number, answeredUs: number): void
  /** A refusal was seen that may yet be asked about: whatever lies next to it must be kept in mind. */
  mayAsk(principal: string, begunUs: number, answeredUs: number): void
  /** A credential that was owed an acceptance was refused: told once for each, of whatever it is asked later. */
  turnedAway(principal: string, begunUs: number, answeredUs: number): void
  /** Calls `settle` once it is known whether the party was accepted next before and next after. */
  refused(refusal: Refusal): void
  /** Settles what is left, with all that came. */
  conclude(): void
  /** What looked like a lock-out, for the reader. */
  notes(): readonly string[]
}

export interface Refusal {
  readonly principal: string
  readonly begunUs: number
  readonly answeredUs: number
  /**
   * For who cannot wait for the end: `drawn` settles with what is known at the next acceptance, and so does `searched`,
   * which asks again, in another form, what was refused before. Refusals in a row are its purpose, so that it needs only
   * some acceptance on either side, once a drawn refusal of the same party was found wrong.
   */
  readonly prompt?: 'drawn' | 'searched' | null
  readonly settle: (works: boolean) => void
}

interface Span {
  readonly begunUs: number
  readonly answeredUs: number
}

/** What one party was answered; times in microseconds. */
interface Answered {
  readonly accepted: Acceptances
  readonly turnedAway: Span[]
  pending: Refusal[]
  /** Refusals in a row, by the acceptances around them. */
  readonly rows: Map<string, number>
  /** How many refusals are kept. */
  readonly most: number
  /** Whether a drawn refusal was found wrong. */
  drawnWrong: boolean
  /** Refusals beyond those that are kept. */
  unasked: number
}

/** So many refusals of one party are kept; of a party that is refused more often nothing is said of the further ones. */
const REFUSALS_MOST = 200_000

export function openStanding(most = REFUSALS_MOST, room = ROOM): Standing {
  const parties = new Map<string, Answered>()
  const partyOf = (principal: string): Answered => {
    const known = parties.get(principal)
    if (known !== undefined) return known
    const fresh: Answered = {
      accepted: openAcceptances(room),
      turnedAway: [],
      pending: [],
      rows: new Map(),
      most,
      drawnWrong: false,
      unasked: 0,
    }
    parties.set(principal, fresh)
    return fresh
  }
  return {
    accepted(principal, begunUs, answeredUs) {
      const party = partyOf(principal)
      party.accepted.add(begunUs, answeredUs)
      if (party.pending.length > 0) settlePrompt(party, begunUs)
    },
    mayAsk: (principal, begunUs, answeredUs) =>
      partyOf(principal).accepted.mark(begunUs, answeredUs),
    turnedAway(principal, begunUs, answeredUs) {
      const { turnedAway } = partyOf(principal)
      if (turnedAway.length < most) turnedAway.push({ begunUs, answeredUs })
    },
    refused(refusal) {
      const party = partyOf(refusal.principal)
      if (party.turnedAway.length >= most || party.pending.length >= most) {
        party.unasked += 1
        return refusal.settle(false)
      }
      party.pending.push(refusal)
    },
    conclude() {
      for (const party of parties.values()) {
        const { pending } = party
        party.pending = []
        settleAll(party, pending)
      }
    },
    notes: () => [...parties].flatMap(([principal, party]) => notesOf(principal, party)),
  }
}

function settlePrompt(party: Answered, begunUs: number): void {
  const isReady = ({ prompt = null, answeredUs }: Refusal): boolean =>
    prompt !== null && answeredUs < begunUs
  const ready = party.pending.filter(isReady)
  if (ready.length === 0) return
  party.pending = party.pending.filter((each) => !isReady(each))
  settleAll(party, ready)
}

function settleAll(party: Answered, refusals: readonly Refusal[]): void {
  if (refusals.length === 0) return
  const within = counter(party.turnedAway)
  for (const { prompt, settle, begunUs, answeredUs } of refusals) {
    const around = party.accepted.around(begunUs, answeredUs)
    const wrong =
      prompt === 'searched' ? party.drawnWrong && isWhole(around) : works(party, around, within)
    if (prompt === 'drawn' && wrong) party.drawnWrong = true
    settle(wrong)
  }
}

function isWhole({ fromUs, toUs }: Between): boolean {
  return fromUs > -Infinity && toUs < Infinity
}

/**
 * No other refusal may lie between the two acceptances, nor overlap them: what answers at one time may have been decided
 * in any order, so that only an acceptance that lies wholly between two refusals keeps them apart.
 */
function works(party: Answered, between: Between, within: (between: Between) => number): boolean {
  if (!isWhole(between)) return false
  // Of more than are kept nobody knows where they lie.
  if (party.turnedAway.length >= party.most) return false
  const inRow = within(between)
  if (inRow <= 1) return true
  if (party.rows.size < party.most) party.rows.set(`${between.fromUs} ${between.toUs}`, inRow)
  return false
}

/** How many spans reach between the two: all but those answered before it, and those that began after it. */
function counter(spans: readonly Span[]): (between: Between) => number {
  const begins = spans.map(({ begunUs }) => begunUs).toSorted((a, b) => a - b)
  const answers = spans.map(({ answeredUs }) => answeredUs).toSorted((a, b) => a - b)
  return ({ fromUs, toUs }) => below(begins, toUs, true) - below(answers, fromUs)
}

function notesOf(principal: string, { rows, unasked }: Answered): readonly string[] {
  const notes: string[] = []
  if (rows.size > 0) {
    const longest = [...rows.values()].reduce((a, b) => Math.max(a, b))
    const times = rows.size === 1 ? `${longest} times` : `up to ${longest} times`
    const places = rows.size === 1 ? '' : `, at ${rows.size} places`
    notes.push(
      `'${principal}' was refused ${times} in a row between two acceptances${places}: a lock-out would look the same, so that those refusals convict nobody.`,
    )
  }
  if (unasked > 0) {
    notes.push(
      `'${principal}' was refused more often than can be kept in mind: ${unasked} further refusals stay undecided.`,
    )
  }
  return notes
}
