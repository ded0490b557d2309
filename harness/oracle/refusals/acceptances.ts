/**
 * When one party was accepted, as far as that can bear on refusals: of a long run of acceptances only those next to a
 * refusal can, and the others are let go.
 */
import { openSpans, type Spans } from '../time/spans.ts'

export interface Acceptances {
  add(begunUs: number, answeredUs: number): void
  /** Notes a refusal that may yet be asked about, so that what lies next to it is kept. */
  mark(begunUs: number, answeredUs: number): void
  /**
   * The acceptances next to a span that overlap nothing of it: when the one before began, and when the one after was
   * answered; infinite where there is none.
   */
  around(begunUs: number, answeredUs: number): Between
}

export interface Between {
  readonly fromUs: number
  readonly toUs: number
}

export interface Room {
  /** Events may stand so much out of order in a history (history/reader.ts); what is older is looked through. */
  readonly disorderUs: number
  /** So many are looked through at a time. */
  readonly spare: number
  /** Beyond this many marks the oldest are forgotten; what lay next to them may be let go, which convicts nobody. */
  readonly marksMost: number
}

export const ROOM: Room = { disorderUs: 30e6, spare: 65_536, marksMost: 200_000 }

export function openAcceptances({ disorderUs, spare, marksMost } = ROOM): Acceptances {
  /** All that came lately, and of what came before that whatever lies next to a mark. */
  const recent = openSpans()
  const old = openSpans()
  const marks = openSpans()
  let latestUs = -Infinity
  let most = spare
  /** Null when something came since. */
  let found: Finder | null = null
  const thin = (): void => {
    const count = recent.countBefore(latestUs - disorderUs)
    const first = recent.first(count)
    const [sinceUs = Infinity] = first.begins
    const near = marks.filter((_, answeredUs) => answeredUs >= sinceUs - disorderUs)
    neighbours(first, near).each((begunUs, answeredUs) => {
      old.push(begunUs, answeredUs)
    })
    recent.dropFirst(count)
    most = recent.length + spare
  }
  return {
    add(begunUs, answeredUs) {
      recent.push(begunUs, answeredUs)
      found = null
      if (answeredUs < Infinity && answeredUs > latestUs) latestUs = answeredUs
      if (recent.length > most) thin()
    },
    mark(begunUs, answeredUs) {
      marks.push(begunUs, answeredUs)
      if (marks.length > marksMost) marks.dropFirst(marksMost / 2)
    },
    around(begunUs, answeredUs) {
      found ??= finder(concat(old, recent))
      return found(begunUs, answeredUs)
    },
  }
}

function concat(one: Spans, other: Spans): Spans {
  const all = openSpans()
  for (const spans of [one, other]) {
    spans.each((begunUs, answeredUs) => {
      all.push(begunUs, answeredUs)
    })
  }
  return all
}

type Finder = (begunUs: number, answeredUs: number) => Between

/** Those of the acceptances that `around` would find for a mark, or for a refusal that comes after all of them. */
function neighbours(accepted: Spans, marks: Spans): Spans {
  if (marks.length === 0) return latestOf(accepted)
  const around = finder(accepted)
  const begins = new Set<number>()
  const answers = new Set<number>()
  const keep = (begunUs: number, answeredUs: number): void => {
    const { fromUs, toUs } = around(begunUs, answeredUs)
    begins.add(fromUs)
    answers.add(toUs)
  }
  marks.each(keep)
  keep(Infinity, Infinity)
  return accepted.filter((begunUs, answeredUs) => begins.has(begunUs) || answers.has(answeredUs))
}

/** The one that a refusal would find that comes after all of them. */
function latestOf(accepted: Spans): Spans {
  let latestUs = -Infinity
  accepted.each((begunUs) => {
    latestUs = Math.max(latestUs, begunUs)
  })
  return accepted.filter((begunUs) => begunUs === latestUs)
}

function finder(accepted: Spans): Finder {
  const byAnswer = accepted.sorted('answered')
  const byBegin = accepted.sorted('begun')
  const latest = byAnswer.begins.slice()
  for (let at = 1; at < latest.length; at++)
    latest[at] = Math.max(latest[at] ?? -Infinity, latest[at - 1] ?? -Infinity)
  const earliest = byBegin.answers.slice()
  for (let at = earliest.length - 2; at >= 0; at--)
    earliest[at] = Math.min(earliest[at] ?? Infinity, earliest[at + 1] ?? Infinity)
  return (begunUs, answeredUs) => ({
    fromUs: latest[below(byAnswer.answers, begunUs) - 1] ?? -Infinity,
    toUs: earliest[below(byBegin.begins, answeredUs, true)] ?? Infinity,
  })
}

/** How many of these, in ascending order, are less than the limit, or no more than it. */
export function below(ascending: ArrayLike<number>, limit: number, orEqual = false): number {
  let [low, high] = [0, ascending.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    const at = ascending[middle] ?? Infinity
    if (at < limit || (orEqual && at === limit)) low = middle + 1
    else high = middle
  }
  return low
}
