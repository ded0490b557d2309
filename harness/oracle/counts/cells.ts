/** Counts for rates: one cell for each population in each phase and frame, with the sums that its interval needs. */
import type { Cell, CellName, Metric, Series, Unit } from '../../model/counts.ts'
import type { Phase } from '../../model/scenario.ts'
import { openBook, sum, type Book, type Count, type Line } from './book.ts'
import type { Entry } from '../replay/late.ts'
import type { Place } from '../scenarios/places.ts'
import { seriesOf } from './series.ts'
import type { Slots } from '../time/slots.ts'
import { unitSums } from './units.ts'

/** What one presentation is counted as. */
export interface Counted {
  readonly metric: Metric
  readonly as: Count
}

/** The phase, and the second of a node, that something is counted at. */
interface At {
  readonly phase: Phase
  readonly slot: number
}

export interface Cells {
  /** Counts in the world's frame. */
  add(place: Place, at: At, counted: Counted, times: number): void
  /** Where the code's frame differs: what it counts otherwise, or takes back of what the world's counts. */
  correct(place: Place, at: At, counted: Counted, times: number): void
  conclude(of: Conclusion): { readonly cells: readonly Cell[]; readonly series: readonly Series[] }
}

export interface Conclusion {
  /** What the code's frame gains now that the leeway is known. */
  readonly late: readonly Entry[]
  /** Scenarios that ask for the code's frame, by name; elsewhere it is told only where it differs. */
  readonly bothFrames: ReadonlySet<string>
  /** The window of a scenario's faults that a second lies in, by its number; seconds count from the start of the run. */
  readonly windowAt: (scenario: string, second: number) => number
}

/** One population in one phase, by one metric. */
interface Population {
  readonly place: Place
  readonly metric: Metric
  readonly phase: Phase
  readonly unit: Unit
  readonly world: Book
  /** What the code's frame counts otherwise. */
  readonly corrections: Book
}

const METRICS: readonly Metric[] = [
  'far',
  'replay-acceptance',
  'frr',
  'unavailability',
  'inconclusive',
]
const PHASES: readonly Phase[] = ['steady', 'before', 'during', 'after', 'transition']
const KINDS = METRICS.length * PHASES.length

/** @param places Of all streams; those with one attack class in one scenario, and one unit, are one population. */
export function openCells(places: readonly Place[], slots: Slots): Cells {
  const crowds = crowdsOf(places)
  /** By numbers that are the order of reading: streams as they stand, then phases in time, then what matters most. */
  const populations: (Population | undefined)[] = []
  const populationOf = (member: Place, metric: Metric, phase: Phase): Population => {
    const kind = PHASES.indexOf(phase) * METRICS.length + METRICS.indexOf(metric)
    const crowd = crowds[member.index] ?? member.index
    const number = crowd * KINDS + kind
    const known = populations[number]
    if (known !== undefined) return known
    const place = places[crowd] ?? member
    const unit = unitOf(place, metric, phase)
    const fresh = { place, metric, phase, unit, world: openBook(), corrections: openBook() }
    populations[number] = fresh
    return fresh
  }
  return {
    add(place, { phase, slot }, counted, times) {
      populationOf(place, counted.metric, phase).world.add(slot, counted.as, times)
    },
    correct(place, { phase, slot }, counted, times) {
      populationOf(place, counted.metric, phase).corrections.add(slot, counted.as, times)
    },
    conclude(conclusion) {
      const known = populations.filter((each) => each !== undefined)
      const gained = openGains(conclusion.late, populationOf)
      return {
        cells: known.flatMap((each) => cellsOf(each, gained(each), slots, conclusion)),
        series: seriesOf(known, slots),
      }
    },
  }
}

/** For each place the number of the first one that counts for the same population. */
function crowdsOf(places: readonly Place[]): readonly number[] {
  const firsts = new Map<string, number>()
  return places.map((place) => {
    const { scenario, stream } = place
    const name = JSON.stringify([scenario.name, stream.attack, unitOf(place, 'far', 'during')])
    const first = firsts.get(name) ?? place.index
    firsts.set(name, first)
    return first
  })
}

/**
 * The coarsest thing whose members share a cause (oracle.md, section 5). What is wrong with a stimulus that is sent once
 * is a matter of the stimulus alone, unless something was broken; all else depends on memories, clocks and load.
 */
function unitOf({ scenario, stream }: Place, metric: Metric, phase: Phase): Unit {
  const repeated = metric === 'far' || metric === 'replay-acceptance'
  if (repeated && stream.release === 'together') return 'race'
  if (repeated && stream.copies === 1 && scenario.faults.length === 0) return 'presentation'
  return phase === 'during' ? 'window' : 'node-second'
}

/** What was late, in books of their own: a judge may conclude more than once. */
function openGains(
  late: readonly Entry[],
  populationOf: (place: Place, metric: Metric, phase: Phase) => Population,
): (population: Population) => Book {
  const books = new Map<Population, Book>()
  for (const { place, metric, phase, slot, instead, times } of late) {
    const population = populationOf(place, metric, phase)
    const book = books.get(population) ?? openBook()
    books.set(population, book)
    book.add(slot, 'event', times)
    if (instead !== null) book.add(slot, instead, -times)
  }
  return (population) => books.get(population) ?? NO_GAIN
}

const NO_GAIN = openBook()

function cellsOf(
  { place, metric, phase, unit, world, corrections }: Population,
  gained: Book,
  slots: Slots,
  { bothFrames, windowAt }: Conclusion,
): readonly Cell[] {
  const { scenario, stream } = place
  const name = { metric, scenario: scenario.name, attack: stream.attack, phase }
  const unitAt = (slot: number): number =>
    unit === 'window' ? windowAt(scenario.name, slots.second(slot)) : slot
  const cell = (frame: CellName['frame'], node: string | null, lines: readonly Line[]): Cell => ({
    ...name,
    frame,
    node,
    unit,
    ...countsOf(lines),
    over: unitSums(lines, unit, unitAt),
  })
  const inWorld = [...world.lines()]
  const inCode = corrections.empty ? inWorld : [...sum([world, corrections, gained])]
  // A fault may tell nodes apart; what is undecided is told of all together.
  const apart = scenario.faults.length > 0 && metric !== 'inconclusive'
  return [null, ...(apart ? nodesOf([...inWorld, ...inCode], slots) : [])].flatMap((node) => {
    const [ours, theirs] = [inWorld, inCode].map((lines) =>
      node === null ? lines : lines.filter(({ slot }) => slots.node(slot) === node),
    )
    const [here, there] = [cell('world', node, ours ?? []), cell('code', node, theirs ?? [])]
    const told = bothFrames.has(scenario.name) || differs(here, there)
    return [...(here.owed > 0 ? [here] : []), ...(told && there.owed > 0 ? [there] : [])]
  })
}

function countsOf(lines: readonly Line[]): Pick<Cell, 'events' | 'trials' | 'owed' | 'worst'> {
  let [events, trials, owed] = [0, 0, 0]
  for (const line of lines) {
    events += line.events
    trials += line.trials
    owed += line.owed
  }
  return { events, trials, owed, worst: events + owed - trials }
}

function nodesOf(lines: readonly Line[], slots: Slots): readonly string[] {
  const nodes = new Set(lines.map(({ slot }) => slots.node(slot)))
  return [...nodes].filter((node) => node !== null).toSorted(compare)
}

function differs(one: Cell, other: Cell): boolean {
  return one.events !== other.events || one.trials !== other.trials || one.owed !== other.owed
}

function compare(a: string, b: string): number {
  if (a < b) return -1
  return a > b ? 1 : 0
}
