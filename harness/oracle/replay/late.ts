/**
 * Second acceptances that convict only if the target turns out to accept first presentations for so long past their end
 * (oracle.md, section 4). How long it does is known at the end of a run, or of all its shards, so that these are counted
 * by the leeway they need and settled then.
 */
import type { CellName, Metric } from '../../model/counts.ts'
import type { Phase } from '../../model/scenario.ts'
import type { Late } from '../../model/verdict.ts'
import type { Count } from '../counts/book.ts'
import type { Charge } from '../charges/convictions.ts'
import type { Place } from '../scenarios/places.ts'
import type { Exhibit } from '../sighting.ts'
import type { Leeways } from './leeways.ts'
import type { DoubleAccept } from './use.ts'

export interface Lates {
  /** A trial of the code's frame that it will be then. */
  count(double: DoubleAccept<Exhibit>, entry: Omit<Entry, 'times'>): void
  /** What will be convicted then. */
  charge(double: DoubleAccept<Exhibit>, charge: Charge): void
  /** What a known leeway makes of them. */
  settle(leeways: Pick<Leeways, 'of'>): Settled
}

/** A count that the code's frame gains, and what it was counted as before. */
export interface Entry {
  readonly place: Place
  readonly metric: Metric
  readonly phase: Phase
  readonly slot: number
  readonly instead: Count | null
  readonly times: number
}

export interface Settled {
  readonly entries: readonly Entry[]
  readonly charges: readonly { readonly charge: Charge; readonly times: number }[]
  /** What a longer leeway would settle too. */
  readonly waiting: readonly Late[]
}

/** Double accepts of one population and party at one node that need the same leeway. */
interface Bin {
  readonly part: string
  readonly party: string
  readonly needsMs: number
  entry: Omit<Entry, 'times'> | null
  counted: number
  charge: Charge | null
  charged: number
}

/** The width of a bin. Rounded up, so that a bin convicts only where each of its members would. */
const STEP_MS = 100

export function openLates(): Lates {
  const bins = new Map<string, Bin>()
  const binFor = (double: DoubleAccept<Exhibit>, kind: string): Bin | null => {
    const { second, needsUs } = double
    if (needsUs === Infinity || needsUs < 0) return null
    const needsMs = Math.ceil(needsUs / 1_000 / STEP_MS) * STEP_MS
    const { part, party, node, phase, place } = second
    const name = JSON.stringify([part, party, needsMs, place?.index ?? null, phase, node, kind])
    const known = bins.get(name)
    if (known !== undefined) return known
    const fresh: Bin = { part, party, needsMs, entry: null, counted: 0, charge: null, charged: 0 }
    bins.set(name, fresh)
    return fresh
  }
  return {
    count(double, entry) {
      const bin = binFor(double, `count ${entry.metric} ${entry.phase} ${entry.instead}`)
      if (bin === null) return
      bin.entry ??= entry
      bin.counted += 1
    },
    charge(double, charge) {
      const bin = binFor(double, `charge ${charge.finding} ${charge.scenario} ${charge.nodes}`)
      if (bin === null) return
      bin.charge ??= charge
      bin.charged += 1
    },
    settle(leeways) {
      const all = [...bins.values()]
      const isKnown = (bin: Bin): boolean => bin.needsMs * 1_000 < leeways.of(bin)
      const known = all.filter(isKnown)
      return {
        entries: known.flatMap(({ entry, counted }) =>
          entry === null ? [] : [{ ...entry, times: counted }],
        ),
        charges: known.flatMap(({ charge, charged }) =>
          charge === null ? [] : [{ charge, times: charged }],
        ),
        waiting: all.filter((bin) => !isKnown(bin)).map(lateOf),
      }
    },
  }
}

function lateOf({ part, party, needsMs, entry, counted, charge, charged }: Bin): Late {
  return {
    part,
    party,
    needsMs,
    times: Math.max(counted, charged),
    cell: entry === null ? null : cellOf(entry),
    instead: entry === null || entry.instead === 'event' ? null : entry.instead,
    conviction: charge === null ? null : charge.words(),
    nodes: charge === null ? null : charge.nodes,
  }
}

function cellOf({ metric, place, phase }: Omit<Entry, 'times'>): CellName {
  const { scenario, stream } = place
  return {
    metric,
    frame: 'code',
    scenario: scenario.name,
    attack: stream.attack,
    phase,
    node: null,
  }
}
