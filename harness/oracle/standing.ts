/**
 * Whether a party works at all: a refusal is only wrong of somebody whose nearest answers before it and after it were
 * acceptances. A server may lock a party out for a while after bad attempts in its name and answer that as it answers any
 * failed authentication, so that several refusals in a row tell nothing about the credentials that were refused.
 */

export interface Standing {
  accepted(principal: string, begunUs: number, answeredUs: number): void
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
interface Record {
  readonly accepted: Span[]
  readonly turnedAway: Span[]
  pending: Refusal[]
  /** Refusals in a row, by the acceptances around them. */
  readonly rows: Map<string, number>
  /** Whether a drawn refusal was found wrong. */
  drawnWrong: boolean
}

/** Between the last acceptance before a refusal and the first one after it; infinite where there is none. */
interface Between {
  readonly fromUs: number
  readonly toUs: number
}

export function openStanding(): Standing {
  const records = new Map<string, Record>()
  const recordOf = (principal: string): Record => {
    const known = records.get(principal)
    if (known !== undefined) return known
    const fresh: Record = {
      accepted: [],
      turnedAway: [],
      pending: [],
      rows: new Map(),
      drawnWrong: false,
    }
    records.set(principal, fresh)
    return fresh
  }
  return {
    accepted(principal, begunUs, answeredUs) {
      const record = recordOf(principal)
      record.accepted.push({ begunUs, answeredUs })
      settlePrompt(record, begunUs)
    },
    turnedAway(principal, begunUs, answeredUs) {
      recordOf(principal).turnedAway.push({ begunUs, answeredUs })
    },
    refused(refusal) {
      recordOf(refusal.principal).pending.push(refusal)
    },
    conclude() {
      for (const record of records.values()) {
        const { pending } = record
        record.pending = []
        settleAll(record, pending)
      }
    },
    notes: () => [...records].flatMap(([principal, { rows }]) => noteOf(principal, rows)),
  }
}

function settlePrompt(record: Record, begunUs: number): void {
  const isReady = ({ prompt = null, answeredUs }: Refusal): boolean =>
    prompt !== null && answeredUs < begunUs
  const ready = record.pending.filter(isReady)
  if (ready.length === 0) return
  record.pending = record.pending.filter((each) => !isReady(each))
  settleAll(record, ready)
}

function settleAll(record: Record, refusals: readonly Refusal[]): void {
  if (refusals.length === 0) return
  const between = finder(record.accepted)
  const within = counter(record.turnedAway)
  for (const { prompt, settle, ...span } of refusals) {
    const around = between(span)
    const wrong =
      prompt === 'searched' ? record.drawnWrong && isWhole(around) : works(record, around, within)
    if (prompt === 'drawn' && wrong) record.drawnWrong = true
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
function works({ rows }: Record, between: Between, within: (between: Between) => number): boolean {
  if (!isWhole(between)) return false
  const inRow = within(between)
  if (inRow <= 1) return true
  rows.set(`${between.fromUs} ${between.toUs}`, inRow)
  return false
}

/** The acceptances next to a span that overlap nothing of it: when the one before began, and the one after was answered. */
function finder(accepted: readonly Span[]): (span: Span) => Between {
  const byAnswer = accepted.toSorted((a, b) => a.answeredUs - b.answeredUs)
  const byBegin = accepted.toSorted((a, b) => a.begunUs - b.begunUs)
  const answers = byAnswer.map(({ answeredUs }) => answeredUs)
  const begins = byBegin.map(({ begunUs }) => begunUs)
  let latestUs = -Infinity
  const latest = byAnswer.map(({ begunUs }) => (latestUs = Math.max(latestUs, begunUs)))
  let earliestUs = Infinity
  const earliest = byBegin
    .toReversed()
    .map(({ answeredUs }) => (earliestUs = Math.min(earliestUs, answeredUs)))
    .toReversed()
  return ({ begunUs, answeredUs }) => ({
    fromUs: latest[below(answers, begunUs) - 1] ?? -Infinity,
    toUs: earliest[below(begins, answeredUs, true)] ?? Infinity,
  })
}

/** How many spans reach between the two: all but those answered before it, and those that began after it. */
function counter(spans: readonly Span[]): (between: Between) => number {
  const begins = spans.map(({ begunUs }) => begunUs).toSorted((a, b) => a - b)
  const answers = spans.map(({ answeredUs }) => answeredUs).toSorted((a, b) => a - b)
  return ({ fromUs, toUs }) => below(begins, toUs, true) - below(answers, fromUs)
}

/** How many of these, in ascending order, are less than the limit, or no more than it. */
function below(ascending: readonly number[], limit: number, orEqual = false): number {
  let [low, high] = [0, ascending.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    const at = ascending[middle] ?? Infinity
    if (at < limit || (orEqual && at === limit)) low = middle + 1
    else high = middle
  }
  return low
}

function noteOf(principal: string, rows: ReadonlyMap<string, number>): readonly string[] {
  if (rows.size === 0) return []
  const longest = Math.max(...rows.values())
  const times = rows.size === 1 ? `${longest} times` : `up to ${longest} times`
  const places = rows.size === 1 ? '' : `, at ${rows.size} places`
  return [
    `'${principal}' was refused ${times} in a row between two acceptances${places}: a lock-out would look the same, so that those refusals convict nobody.`,
  ]
}
