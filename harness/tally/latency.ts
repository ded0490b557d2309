/** How long answers took, as HDR histograms of microseconds. */
import { build, decodeFromCompressedBase64, encodeIntoCompressedBase64 } from 'hdr-histogram-js'
import type { Histogram } from 'hdr-histogram-js'
import type { HistoryEvent } from '../model/history.ts'
import type { Latency } from '../model/record.ts'

export interface Latencies {
  see(event: HistoryEvent): void
  conclude(): readonly Latency[]
}

/**
 * Folds answered requests into two histograms a scenario: from when each was due (what a client that keeps to its
 * schedule feels; it leaves no room for coordinated omission) and from when it began (what the target took).
 *
 * Requests without an answer are in neither; they are counted as unavailability.
 */
export function latencies(): Latencies {
  const scenarios = new Map<string, { readonly due: Histogram; readonly begun: Histogram }>()
  return {
    see(event) {
      if (event.kind !== 'observed' || event.answeredUs === null || event.begunUs === null) return
      let both = scenarios.get(event.scenario)
      if (both === undefined) {
        both = { due: microseconds(), begun: microseconds() }
        scenarios.set(event.scenario, both)
      }
      both.due.recordValue(Math.max(0, event.answeredUs - event.dueUs))
      both.begun.recordValue(Math.max(0, event.answeredUs - event.begunUs))
    },
    conclude: () =>
      [...scenarios].flatMap(([scenario, { due, begun }]) => [
        summary(scenario, 'due', due),
        summary(scenario, 'begun', begun),
      ]),
  }
}

/** Three significant digits from a microsecond up; it grows as needed. */
export function microseconds(): Histogram {
  return build({ bitBucketSize: 32, autoResize: true, numberOfSignificantValueDigits: 3 })
}

/** Where a chart of a histogram bends: each step leaves out a half, or a tenth, of those that were slower. */
const CURVE = [50, 75, 90, 95, 99, 99.5, 99.9, 99.99, 100] as const

/** What one histogram is told as. */
export function summary(scenario: string, from: 'due' | 'begun', histogram: Histogram): Latency {
  return {
    scenario,
    from,
    hdr: exported(histogram),
    ...percentiles(histogram),
    curve: CURVE.map((percentile) => ({
      percentile,
      ms: histogram.getValueAtPercentile(percentile) / 1000,
    })),
  }
}

export function percentiles(histogram: Histogram): Pick<Latency, 'p50Ms' | 'p99Ms' | 'maxMs'> {
  return {
    p50Ms: histogram.getValueAtPercentile(50) / 1000,
    p99Ms: histogram.getValueAtPercentile(99) / 1000,
    maxMs: histogram.maxValue / 1000,
  }
}

/** A histogram as text that other tools read, too. */
export function exported(histogram: Histogram): string {
  return encodeIntoCompressedBase64(histogram)
}

/** The sum of histograms that were exported; an empty text is an empty one. */
export function added(texts: readonly string[]): Histogram {
  const sum = microseconds()
  for (const text of texts) if (text !== '') sum.add(decodeFromCompressedBase64(text))
  return sum
}
