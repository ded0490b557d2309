/** What is known of one clock: its measured offsets along the harness's time, and when a fault was moving it. */

/** Lower and upper end of `their clock - the harness's clock`, in microseconds; infinite where nothing is known. */
export interface OffsetUs {
  readonly lowUs: number
  readonly highUs: number
}

/** From before a fault touches a clock until it is known to have done so; `endUs` is infinite while that is not known. */
export interface Transition {
  readonly startUs: number
  endUs: number
}

export interface OffsetLine {
  measured(atUs: number, lowUs: number, highUs: number): void
  moving(transition: Transition): void
  /** The hull of all offsets that the clock may have had at some time from `fromUs` to `toUs`. */
  over(fromUs: number, toUs: number): OffsetUs
}

export const UNKNOWN: OffsetUs = { lowUs: -Infinity, highUs: Infinity }

/** How fast two clocks that nobody touches may part, in seconds a second: 500 ppm, the slew limit of adjtime(2). */
const DRIFT = 500e-6

interface Measurement {
  readonly atUs: number
  readonly lowUs: number
  readonly highUs: number
}

/** Between two measurements holds the hull of both, beyond the outermost that one; widened by 500 ppm of the gap. */
export function offsetLine(): OffsetLine {
  const measurements: Measurement[] = []
  const transitions: Transition[] = []
  /** Between the same two measurements every span has the same hull, and most lie where the one before lay. */
  let known: Known | null = null
  return {
    measured(atUs, lowUs, highUs) {
      known = null
      // A history is JSON, in which an infinite bound comes back as null.
      const low = Number.isFinite(lowUs) ? lowUs : -Infinity
      const high = Number.isFinite(highUs) ? highUs : Infinity
      const place = countUpTo(measurements, atUs)
      measurements.splice(place, 0, { atUs, lowUs: low, highUs: high })
    },
    moving(transition) {
      transitions.push(transition)
    },
    over(fromUs, toUs) {
      if (transitions.length > 0) {
        return hull(acrossTransitions({ fromUs, toUs }, measurements, transitions), measurements)
      }
      if (known === null || fromUs < known.fromUs || toUs > known.toUs) {
        known = knownAround(fromUs, toUs, measurements)
      }
      return known?.offset ?? hull({ fromUs, toUs }, measurements)
    },
  }
}

interface Known {
  readonly fromUs: number
  readonly toUs: number
  readonly offset: OffsetUs
}

/** Null where the span reaches beyond two neighbouring measurements. */
function knownAround(
  fromUs: number,
  toUs: number,
  measurements: readonly Measurement[],
): Known | null {
  const after = countUpTo(measurements, fromUs)
  const [one, other] = [measurements[after - 1], measurements[after]]
  if (one === undefined || other === undefined || toUs > other.atUs) return null
  const span = { fromUs: one.atUs, toUs: other.atUs }
  return { ...span, offset: hull(span, measurements) }
}

interface Span {
  readonly fromUs: number
  readonly toUs: number
}

/**
 * Stretches a span that meets a transition from the last measurement before that to the first one after it, since what
 * was measured on one side says nothing of the other. Without an end where a side was not measured.
 */
function acrossTransitions(
  span: Span,
  measurements: readonly Measurement[],
  transitions: readonly Transition[],
): Span {
  let [narrow, wide] = [span, span]
  do {
    narrow = wide
    wide = transitions.reduce((each, one) => across(each, measurements, one), narrow)
  } while (wide.fromUs < narrow.fromUs || wide.toUs > narrow.toUs)
  return wide
}

function across(
  span: Span,
  measurements: readonly Measurement[],
  { startUs, endUs }: Transition,
): Span {
  const before = measurements[countUpTo(measurements, startUs) - 1]?.atUs ?? -Infinity
  const after = measurements[countBelow(measurements, endUs)]?.atUs ?? Infinity
  // Before the transition it does not matter, unless only what was measured beyond it could tell of that time.
  if (span.toUs < startUs && before > -Infinity) return span
  if (span.fromUs >= after) return span
  return { fromUs: Math.min(span.fromUs, before), toUs: Math.max(span.toUs, after) }
}

/** Without an end there is no bound: 500 ppm of an infinite gap are infinite. */
function hull({ fromUs, toUs }: Span, measurements: readonly Measurement[]): OffsetUs {
  const nearest = Math.max(0, countUpTo(measurements, fromUs) - 1)
  let last = measurements[nearest]
  if (last === undefined) return UNKNOWN
  const lead = DRIFT * Math.max(0, last.atUs - fromUs)
  let lowUs = last.lowUs - lead
  let highUs = last.highUs + lead
  for (let index = nearest + 1; last.atUs < toUs; index++) {
    const next = measurements[index]
    const gap = DRIFT * ((next?.atUs ?? toUs) - last.atUs)
    const { lowUs: nextLowUs, highUs: nextHighUs } = next ?? last
    lowUs = Math.min(lowUs, last.lowUs - gap, nextLowUs - gap)
    highUs = Math.max(highUs, last.highUs + gap, nextHighUs + gap)
    if (next === undefined) break
    last = next
  }
  return { lowUs, highUs }
}

/** How many measurements were made at `us` or before. */
function countUpTo(measurements: readonly Measurement[], us: number): number {
  return count(measurements, (atUs) => atUs <= us)
}

/** How many measurements were made before `us`. */
function countBelow(measurements: readonly Measurement[], us: number): number {
  return count(measurements, (atUs) => atUs < us)
}

function count(measurements: readonly Measurement[], early: (atUs: number) => boolean): number {
  let low = 0
  let high = measurements.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const measurement = measurements[middle]
    if (measurement !== undefined && early(measurement.atUs)) low = middle + 1
    else high = middle
  }
  return low
}
