/** How far past its end, and how long before its beginning, each node takes an assertion: the leeway that it really grants. */
import type { Derived, DerivedPoint } from '../../model/derived.ts'
import { openTable } from './table.ts'
import type { Exhibit } from '../sighting.ts'

/** Of one node, by its own clock, in microseconds. */
interface Edge {
  /** So far beyond the edge it was seen to accept at least, and to refuse at most. */
  acceptedUs: number
  refusedUs: number
  of: number
}

interface Edges {
  readonly afterEnd: Edge
  readonly beforeStart: Edge
  /** Honest presentations by the skew of the node's clock, in whole seconds. */
  readonly bySkew: Map<number, { events: number; trials: number }>
}

export interface NodeEdges {
  /** @param exhibit The first presentation of a credential. */
  see(exhibit: Exhibit): void
  of(scenario: string): readonly Derived[]
}

/** How exactly a skew must be known to be drawn: a `Date` of whole seconds says it to within two and the way of a request. */
const DRAWN_TO_US = 3_000_000

/** What is wrong with an assertion that is wrong in nothing but its times. */
const OF_TIME = new Set<string | null>([null, 'expired', 'not-yet'])

export function openNodeEdges(): NodeEdges {
  const known = openTable<Edges>(() => ({
    afterEnd: freshEdge(),
    beforeStart: freshEdge(),
    bySkew: new Map(),
  }))
  return {
    see(exhibit) {
      const { scenario, node, outcome, offset } = exhibit
      if (node === null || !isOfTimeAlone(exhibit)) return
      if (!Number.isFinite(offset.lowUs) || !Number.isFinite(offset.highUs)) return
      const edges = known.at(scenario, node)
      meet(edges, exhibit)
      if (exhibit.defect !== null || exhibit.place?.stream.attack !== null) return
      // Where a clock is being moved its offset is anything between the two, and the middle of that was never so.
      if (offset.highUs - offset.lowUs > DRAWN_TO_US) return
      const skew = Math.round((offset.lowUs + offset.highUs) / 2e6)
      const point = edges.bySkew.get(skew) ?? { events: 0, trials: 0 }
      edges.bySkew.set(skew, point)
      point.trials += 1
      if (outcome === 'rejected') point.events += 1
    },
    of: (scenario) =>
      known
        .of(scenario)
        .flatMap(([node, { afterEnd, beforeStart, bySkew }]) => [
          ...told('leeway-after-end', node, afterEnd),
          ...told('leeway-before-start', node, beforeStart),
          ...curve(node, bySkew),
        ]),
  }
}

function freshEdge(): Edge {
  return { acceptedUs: -Infinity, refusedUs: Infinity, of: 0 }
}

/** Nothing but its times, and the node's own clock, can have decided about it. */
function isOfTimeAlone({ outcome, authentic, defect, place, faultsInForce }: Exhibit): boolean {
  return (
    (outcome === 'accepted' || outcome === 'rejected') &&
    authentic &&
    OF_TIME.has(defect) &&
    place !== null &&
    place.stream.keyState === undefined &&
    place.stream.change?.key === undefined &&
    faultsInForce.every((fault) => fault.startsWith('clock.'))
  )
}

/**
 * An acceptance came at the earliest reading of the clock at least, a refusal at the latest one at most. A refusal that lies
 * beyond both edges, or beyond neither, says nothing of either.
 */
function meet({ afterEnd, beforeStart }: Edges, exhibit: Exhibit): void {
  const { expUs, iatUs, nbfUs, fromUs, toUs, offset, outcome } = exhibit
  const [earliest, latest] = [fromUs + offset.lowUs, toUs + offset.highUs]
  const start = Math.max(iatUs ?? -Infinity, nbfUs ?? -Infinity)
  const end = expUs ?? Infinity
  if (outcome === 'accepted') {
    afterEnd.acceptedUs = Math.max(afterEnd.acceptedUs, earliest - end)
    beforeStart.acceptedUs = Math.max(beforeStart.acceptedUs, start - latest)
    if (latest > end) afterEnd.of += 1
    if (earliest < start) beforeStart.of += 1
    return
  }
  const isLate = latest > end
  const isEarly = earliest < start
  if (isLate === isEarly) return
  const edge = isLate ? afterEnd : beforeStart
  edge.refusedUs = Math.min(edge.refusedUs, isLate ? latest - end : start - earliest)
  edge.of += 1
}

/** Nothing, where no presentation came near that edge. */
function told(name: Derived['name'], node: string, edge: Edge): readonly Derived[] {
  const { acceptedUs, refusedUs, of } = edge
  if (acceptedUs <= 0 && refusedUs === Infinity) return []
  const high = refusedUs === Infinity ? null : refusedUs / 1e6
  return [{ name, node, unit: 's', low: Math.max(0, acceptedUs) / 1e6, high, of }]
}

/** Where a clock never was wrong there is nothing to draw. */
function curve(node: string, bySkew: Edges['bySkew']): readonly Derived[] {
  if (bySkew.size < 2) return []
  const points = [...bySkew]
    .map(([x, { events, trials }]): DerivedPoint => ({ x, events, trials }))
    .toSorted((one, other) => one.x - other.x)
  const of = points.reduce((sum, { trials }) => sum + trials, 0)
  return [{ name: 'refused-by-skew', node, unit: 'share', low: null, high: null, of, points }]
}
