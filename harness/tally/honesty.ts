/** How well the harness did its own job; without it a slow harness reads as a slow target. */
import type { Histogram } from 'hdr-histogram-js'
import type { HistoryEvent } from '../model/history.ts'
import type { GeneratorHonesty } from '../model/record.ts'
import { exported, microseconds, percentiles } from './latency.ts'

/** The name under which the driver measures its own event loop, in milliseconds. */
const EVENT_LOOP_DELAY = 'generator/event-loop-delay-p99-ms'

export interface Honesty {
  see(event: HistoryEvent): void
  conclude(): GeneratorHonesty
}

/**
 * Folds every request into how late it was sent, how many were never sent, and how many fell to a connection that the
 * other side had already given up.
 *
 * A repetition after a challenge is due when its first attempt was, so it says nothing about lateness and is left out
 * of it.
 */
export function honesty(): Honesty {
  const late = microseconds()
  let sent = 0
  let dropped = 0
  let stale = 0
  let delayMs = 0
  return {
    see(event) {
      if (event.kind === 'measured' && event.name === EVENT_LOOP_DELAY) {
        delayMs = Math.max(delayMs, event.value)
      }
      if (event.kind !== 'observed') return
      if (event.answer.kind === 'none' && event.answer.cause === 'unsent') dropped++
      if (event.answer.kind === 'none' && event.answer.cause === 'stale-connection') stale++
      if (event.begunUs === null) return
      sent++
      if (event.attempt === 1) late.recordValue(Math.max(0, event.begunUs - event.dueUs))
    },
    conclude: () => ({
      sent,
      ...lateness(late),
      dropped,
      eventLoopDelayMs: { p99: delayMs },
      staleConnections: stale,
    }),
  }
}

/** How late requests were sent, in words for people and as what can be added to another run's. */
export function lateness(
  histogram: Histogram,
): Pick<GeneratorHonesty, 'dueToSentMs' | 'dueToSentHdr'> {
  const { p50Ms, p99Ms, maxMs } = percentiles(histogram)
  return { dueToSentMs: { p50: p50Ms, p99: p99Ms, max: maxMs }, dueToSentHdr: exported(histogram) }
}
