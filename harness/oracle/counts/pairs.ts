/** What became of used credentials that were presented again: where both halves lay, and whether they were let in. */
import type { Pairs } from '../../model/counts.ts'
import type { Place } from '../scenarios/places.ts'
import type { Settlement } from '../settlement.ts'
import type { Exhibit } from '../sighting.ts'

export interface PairBook {
  see(settlement: Settlement): void
  conclude(): readonly Pairs[]
}

type Counts = { -readonly [name in keyof Pairs]: Pairs[name] }

export function openPairs(): PairBook {
  /** By place, then by what tells the pairs of one place apart; there are few. */
  const books: Counts[][] = []
  return {
    see({ sightings, group, place }) {
      if (place === null || group === null) return
      const [first] = group.accepted
      if (first === undefined) return
      const book = books[place.index] ?? []
      books[place.index] = book
      for (const each of sightings) {
        if (each === first || !isAgain(each, first)) continue
        countsFor(book, place, first, each)[halfOf(each, group)] += 1
      }
    },
    conclude: () => books.flat().map((counts) => ({ ...counts })),
  }
}

/** Whether it began when the first use had been answered, and would have been let in but for that. */
function isAgain(each: Exhibit, first: Exhibit): boolean {
  if (each.code.deserves !== 'accept' || each.begunUs === null) return false
  return first.answeredUs !== null && each.begunUs > first.answeredUs
}

function countsFor(book: Counts[], place: Place, one: Exhibit, other: Exhibit): Counts {
  const nodes = one.node === other.node ? 'same' : 'other'
  for (const counts of book) {
    if (counts.first === one.phase && counts.second === other.phase && counts.nodes === nodes)
      return counts
  }
  const fresh = {
    scenario: place.scenario.name,
    attack: place.stream.attack,
    first: one.phase,
    second: other.phase,
    nodes,
    accepted: 0,
    refused: 0,
    unavailable: 0,
    undecided: 0,
  } as const
  const counts: Counts = { ...fresh }
  book.push(counts)
  return counts
}

function halfOf(
  sighting: Exhibit,
  { doubles }: NonNullable<Settlement['group']>,
): 'accepted' | 'refused' | 'unavailable' | 'undecided' {
  switch (sighting.outcome) {
    case 'accepted':
      // The same token told twice is no second issuance.
      return doubles.some(({ second }) => second === sighting) ? 'accepted' : 'undecided'
    case 'rejected':
      return 'refused'
    case 'failed':
      return 'unavailable'
    case 'elsewhere':
    case 'challenged':
    case 'unanswered':
    case 'unsent':
      return 'undecided'
  }
}
