/** How long past its end a first presentation was seen to be accepted. */
import { begunOf, type Use } from './use.ts'

/** Whom a target may grant a leeway of its own: clients another than grants, and each party another than the next. */
export type Granted = Pick<Use, 'part' | 'party'>

export interface Leeways {
  /** Microseconds; 0 where no first presentation was accepted after its end. */
  of(granted: Granted): number
  all(): readonly (Granted & { readonly seenUs: number })[]
}

export interface SeenLeeways extends Leeways {
  /** @param first The first acceptance of its key. */
  note(first: Use): void
}

/** What is seen of one party is no word about another: the clocks of a right target may have ended what that one was granted. */
export function openLeeways(): SeenLeeways {
  const parts = new Map<string, Map<string, number>>()
  return {
    note(first) {
      if (first.expUs === null) return
      const lateUs = begunOf(first) + first.offset.lowUs - first.expUs
      if (lateUs <= 0) return
      const parties = parts.get(first.part) ?? new Map<string, number>()
      parts.set(first.part, parties)
      parties.set(first.party, Math.max(lateUs, parties.get(first.party) ?? 0))
    },
    of: ({ part, party }) => parts.get(part)?.get(party) ?? 0,
    all: () =>
      [...parts].flatMap(([part, parties]) =>
        [...parties].map(([party, seenUs]) => ({ part, party, seenUs })),
      ),
  }
}

/** Of a target of which nothing may be concluded. */
export const NO_LEEWAYS: Leeways = { of: () => 0, all: () => [] }
