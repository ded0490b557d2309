/** What was convicted, and what of it has one cause. */
import type { Conviction } from '../../model/verdict.ts'

/** What a conviction is about, before anybody puts it into words. */
export interface Charge {
  readonly finding: string
  readonly obliges: boolean
  readonly scenario: string
  readonly caseId: string
  /** Whether its presentations went to one node, to several, or are no pair: as far as that tells causes apart. */
  readonly nodes: 'same' | 'several' | null
  /** Puts it into words; asked of the first ones of each finding alone. */
  readonly words: () => Conviction
}

export interface Charges {
  add(charge: Charge): void
  /** What obliges the target so far. */
  readonly violated: Violated
  /** The same with charges that came up when the leeway was known. */
  violatedWith(late: readonly LateCharge[]): Violated
  /**
   * @param further Convictions of other rules, told with these.
   * @param late Charges that came up when the leeway was known.
   * @param smallest Cases that were searched for because they show what is wrong most plainly: told before others.
   */
  conclude(
    further: readonly Conviction[],
    late?: readonly LateCharge[],
    smallest?: ReadonlySet<string>,
  ): Told
}

/** Scenarios with a conviction that obliges the target, and the cases with one, as far as they are kept. */
export interface Violated {
  readonly scenarios: ReadonlySet<string>
  readonly cases: ReadonlySet<string>
}

/** What was charged so many times, told by the first. */
export interface LateCharge {
  readonly charge: Charge
  readonly times: number
}

export interface Told {
  readonly convictions: readonly Conviction[]
  /** How often each finding was seen. */
  readonly times: Readonly<Record<string, number>>
  readonly notes: readonly string[]
}

/** How many of one kind are put into words; further ones are only counted. */
const MOST_OF_ONE = 100

/** Of one finding, with one answer to where its presentations went. */
interface Kind {
  readonly finding: string
  readonly nodes: Charge['nodes']
  obliges: boolean
  times: number
  readonly told: Conviction[]
}

const SEQUENTIAL = 'replay/accepted-sequentially'
const ANOTHER_NODE = 'replay/accepted-on-another-node'
const ANOTHER_ENDPOINT = 'replay/accepted-at-another-endpoint'
const CONCURRENT = 'replay/accepted-concurrently'
const FAULT = 'replay/accepted-during-fault'
const AFTER_FAULT = 'replay/accepted-after-fault'
const FAILS_OPEN = 'replay/fails-open'
const AFTER_OTHERS = 'replay/forgotten-after-others'
const AFTER_A_WHILE = 'replay/forgotten-after-a-while'
const BEFORE_LEEWAY_ENDS = 'replay/forgotten-before-leeway-ends'

/** What follows where nothing is remembered at all. */
const OF_NO_MEMORY = [
  ANOTHER_NODE,
  ANOTHER_ENDPOINT,
  CONCURRENT,
  FAULT,
  AFTER_FAULT,
  FAILS_OPEN,
  AFTER_OTHERS,
  BEFORE_LEEWAY_ENDS,
  AFTER_A_WHILE,
]

/** @param keeps Says of which scenarios every case that was convicted is kept, and put into words. */
export function openCharges(keeps: { each(scenario: string): boolean } = KEEP_FEW): Charges {
  const kinds = new Map<string, Kind>()
  const scenarios = new Set<string>()
  const cases = new Set<string>()
  return {
    add(charge) {
      const all = keeps.each(charge.scenario)
      if (charge.obliges) {
        scenarios.add(charge.scenario)
        if (all) cases.add(charge.caseId)
      }
      take(kinds, { charge, times: 1 }, all)
    },
    violated: { scenarios, cases },
    violatedWith(late) {
      const obliging = late.map(({ charge }) => charge).filter(({ obliges }) => obliges)
      return {
        scenarios: new Set([...scenarios, ...obliging.map(({ scenario }) => scenario)]),
        cases: new Set([...cases, ...obliging.map(({ caseId }) => caseId)]),
      }
    },
    conclude(further, late = [], smallest = new Set()) {
      const all = new Map(
        [...kinds].map(([name, kind]) => [name, { ...kind, told: [...kind.told] }]),
      )
      for (const each of late) take(all, each, true)
      const { kept, notes } = withoutConsequences([...all.values()])
      const times: Record<string, number> = {}
      for (const { finding, times: more } of kept) times[finding] = (times[finding] ?? 0) + more
      for (const { finding } of further) times[finding] = (times[finding] ?? 0) + 1
      const told = kept.flatMap((kind) => kind.told)
      return { convictions: [...further, ...plainestFirst(told, smallest)], times, notes }
    },
  }
}

const KEEP_FEW = { each: () => false }

function take(kinds: Map<string, Kind>, { charge, times }: LateCharge, all: boolean): void {
  const { finding, nodes, obliges, words } = charge
  const name = `${finding} ${nodes}`
  const kind = kinds.get(name) ?? { finding, nodes, obliges: false, times: 0, told: [] }
  kinds.set(name, kind)
  kind.obliges ||= obliges
  kind.times += times
  if (kind.told.length < MOST_OF_ONE || all) kind.told.push(words())
}

function plainestFirst(
  convictions: readonly Conviction[],
  smallest: ReadonlySet<string>,
): readonly Conviction[] {
  const isSmallest = ({ caseId }: Conviction): boolean => smallest.has(caseId)
  return [...convictions.filter(isSmallest), ...convictions.filter((each) => !isSmallest(each))]
}

/**
 * One cause is one finding. A target that accepts a replay at the same node, one after the other and in quiet, remembers
 * nothing at all: that it does so at other nodes, at once, amid a fault, later or after others follows. One that does so
 * at another node shares no memory: that it does so there at once or amid a fault follows. One whose node accepts twice
 * what it cannot ask about remembers nothing meanwhile: that others did not know of it, then or later, follows.
 */
function withoutConsequences(kinds: readonly Kind[]): {
  kept: readonly Kind[]
  notes: readonly string[]
} {
  const has = (wanted: string): boolean =>
    kinds.some(({ finding, obliges }) => finding === wanted && obliges)
  const cause = [SEQUENTIAL, ANOTHER_NODE, FAILS_OPEN].find(has) ?? null
  if (cause === null) return { kept: kinds, notes: [] }
  const kept = kinds.filter((kind) => !follows(kind, cause))
  const dropped = new Map<string, number>()
  for (const kind of kinds) {
    if (kept.includes(kind)) continue
    dropped.set(kind.finding, (dropped.get(kind.finding) ?? 0) + kind.times)
  }
  const notes = [...dropped].map(
    ([finding, times]) =>
      `${finding} (${times} times) follows from ${cause} and is not told apart.`,
  )
  return { kept, notes }
}

function follows({ finding, nodes }: Kind, cause: string): boolean {
  if (cause === SEQUENTIAL) return OF_NO_MEMORY.includes(finding)
  if (cause === FAILS_OPEN) return [FAULT, AFTER_FAULT].includes(finding)
  return nodes === 'several' && [CONCURRENT, FAULT, AFTER_FAULT].includes(finding)
}
