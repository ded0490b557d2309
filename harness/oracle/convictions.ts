/** What was convicted, and what of it has one cause. */
import type { Conviction } from '../model/verdict.ts'

/** A conviction and where its presentations went, as far as that tells causes apart. */
export interface Charge {
  readonly conviction: Conviction
  /** Whether its presentations went to one node, to several, or are no pair. */
  readonly nodes: 'same' | 'several' | null
}

export interface Charges {
  add(charge: Charge): void
  /** Scenarios with a conviction that obliges the target, and the cases of checks with one. */
  readonly violated: {
    readonly scenarios: ReadonlySet<string>
    readonly cases: ReadonlySet<string>
  }
  /**
   * @param further Convictions of other rules, told with these.
   * @param smallest Cases that were searched for because they show what is wrong most plainly: told before others.
   */
  conclude(
    further: readonly Conviction[],
    smallest?: ReadonlySet<string>,
  ): {
    readonly convictions: readonly Conviction[]
    readonly notes: readonly string[]
  }
}

/** How many of one finding are kept with their witnesses; further ones are only counted. */
const MOST_OF_ONE = 1_000

const SEQUENTIAL = 'replay/accepted-sequentially'
const ANOTHER_NODE = 'replay/accepted-on-another-node'
const CONCURRENT = 'replay/accepted-concurrently'
const FAULT = 'replay/accepted-during-fault'
const AFTER_OTHERS = 'replay/forgotten-after-others'
const BEFORE_LEEWAY_ENDS = 'replay/forgotten-before-leeway-ends'

/** What follows where nothing is remembered at all. */
const OF_NO_MEMORY = [ANOTHER_NODE, CONCURRENT, FAULT, AFTER_OTHERS, BEFORE_LEEWAY_ENDS]

export function openCharges(): Charges {
  const charges: Charge[] = []
  const times = new Map<string, number>()
  const scenarios = new Set<string>()
  const cases = new Set<string>()
  return {
    add(charge) {
      const { finding, obliges, scenario, caseId } = charge.conviction
      if (obliges) {
        scenarios.add(scenario)
        cases.add(caseId)
      }
      const count = (times.get(finding) ?? 0) + 1
      times.set(finding, count)
      if (count <= MOST_OF_ONE) charges.push(charge)
    },
    violated: { scenarios, cases },
    conclude(further, smallest = new Set()) {
      const { kept, notes } = withoutConsequences(plainestFirst(charges, smallest))
      const told = new Set(kept.map(({ conviction }) => conviction.finding))
      for (const [finding, count] of times) {
        if (count <= MOST_OF_ONE || !told.has(finding)) continue
        notes.push(`${finding} was seen ${count} times; the first ${MOST_OF_ONE} are kept.`)
      }
      return { convictions: [...further, ...kept.map(({ conviction }) => conviction)], notes }
    },
  }
}

function plainestFirst(
  charges: readonly Charge[],
  smallest: ReadonlySet<string>,
): readonly Charge[] {
  const isSmallest = ({ conviction }: Charge): boolean => smallest.has(conviction.caseId)
  return [...charges.filter(isSmallest), ...charges.filter((each) => !isSmallest(each))]
}

/**
 * One cause is one finding. A target that accepts a replay at the same node, one after the other and in quiet, remembers
 * nothing at all: that it does so at other nodes, at once, amid a fault, later or after others follows. One that does so
 * at another node shares no memory: that it does so there at once or amid a fault follows.
 */
function withoutConsequences(charges: readonly Charge[]): {
  kept: readonly Charge[]
  notes: string[]
} {
  const has = (finding: string): boolean =>
    charges.some(({ conviction }) => conviction.finding === finding && conviction.obliges)
  const cause = has(SEQUENTIAL) ? SEQUENTIAL : has(ANOTHER_NODE) ? ANOTHER_NODE : null
  if (cause === null) return { kept: charges, notes: [] }
  const dropped = new Map<string, number>()
  const kept = charges.filter((charge) => {
    const { finding } = charge.conviction
    if (!follows(charge, cause)) return true
    dropped.set(finding, (dropped.get(finding) ?? 0) + 1)
    return false
  })
  const notes = [...dropped].map(
    ([finding, count]) =>
      `${finding} (${count} times) follows from ${cause} and is not told apart.`,
  )
  return { kept, notes }
}

function follows({ conviction: { finding }, nodes }: Charge, cause: string): boolean {
  if (cause === SEQUENTIAL) return OF_NO_MEMORY.includes(finding)
  return nodes === 'several' && [CONCURRENT, FAULT].includes(finding)
}
