/** Counts of one population along time: a line for each second of each node, kept only where something was counted. */

/** What a presentation was: an event, a trial that is none, or owed an answer that would count and gave none. */
export type Count = 'event' | 'other' | 'unknown'

export interface Line {
  /** Which second of which node: see slots.ts. */
  readonly slot: number
  readonly events: number
  readonly trials: number
  readonly owed: number
}

export interface Book {
  /** @param times How often; a negative number takes back. */
  add(slot: number, count: Count, times: number): void
  /** In ascending order; lines in which nothing is left are left out. */
  lines(): Iterable<Line>
  readonly empty: boolean
}

const LINES = 256
const FIELDS = 3

export function openBook(): Book {
  const pages = new Map<number, Int32Array>()
  // Counts come in the order of time, so that the page of the last one is nearly always that of the next.
  let number = NaN
  let page: Int32Array = new Int32Array(0)
  const turnTo = (wanted: number): void => {
    number = wanted
    page = pages.get(wanted) ?? new Int32Array(LINES * FIELDS)
    pages.set(wanted, page)
  }
  return {
    add(slot, count, times) {
      const wanted = Math.floor(slot / LINES)
      if (wanted !== number) turnTo(wanted)
      const at = (slot - wanted * LINES) * FIELDS
      if (count === 'event') page[at] = (page[at] ?? 0) + times
      if (count !== 'unknown') page[at + 1] = (page[at + 1] ?? 0) + times
      page[at + 2] = (page[at + 2] ?? 0) + times
    },
    *lines() {
      for (const each of [...pages.keys()].toSorted((a, b) => a - b)) {
        const counts = pages.get(each) ?? page
        for (let at = 0; at < counts.length; at += FIELDS) {
          const events = counts[at] ?? 0
          const trials = counts[at + 1] ?? 0
          const owed = counts[at + 2] ?? 0
          if (events === 0 && trials === 0 && owed === 0) continue
          yield { slot: each * LINES + at / FIELDS, events, trials, owed }
        }
      }
    },
    get empty() {
      return pages.size === 0
    },
  }
}

/** The lines of all, added up: what one book says once others have corrected it. */
export function* sum(books: readonly Book[]): Iterable<Line> {
  const lines = new Map<number, Line>()
  for (const book of books) {
    for (const line of book.lines()) {
      const known = lines.get(line.slot)
      lines.set(line.slot, known === undefined ? line : plus(known, line))
    }
  }
  for (const slot of [...lines.keys()].toSorted((a, b) => a - b)) {
    const line = lines.get(slot)
    if (line !== undefined && (line.owed !== 0 || line.trials !== 0)) yield line
  }
}

function plus(one: Line, other: Line): Line {
  return {
    slot: one.slot,
    events: one.events + other.events,
    trials: one.trials + other.trials,
    owed: one.owed + other.owed,
  }
}
