/** How well the harness did its own job; without it a slow harness reads as a slow target. */
import type { Histogram } from 'hdr-histogram-js'
import { isDropped } from '../dropped.ts'
import type { HistoryEvent } from '../model/history.ts'
import type { GeneratorHonesty, LatenessIn } from '../model/record.ts'
import { exported, microseconds, percentiles } from './latency.ts'

/** The name under which the driver measures its own event loop, in milliseconds. */
const EVENT_LOOP_DELAY = 'generator/event-loop-delay-p99-ms'

/** That under which it measures for what share of a round it had work and no core to do it on. */
const STARVED = 'generator/waited-for-a-core-share'

/** That under which it measures for what share of a round it had work. */
const BUSY = 'generator/event-loop-share'

/** That under which it measures how many cores it took. */
const CORES = 'generator/cpu-share'

/** That under which it measures how many credentials were waited for. */
const BACKLOG = 'generator/minting-backlog-max'

export interface Honesty {
  see(event: HistoryEvent): void
  conclude(): GeneratorHonesty
}

/**
 * Folds every request into how late it was sent, how many were never sent, and how many fell to a connection that the
 * other side had already given up.
 *
 * A repetition after a challenge is due when its first attempt was, and what waits for an answer as soon as that came:
 * neither says anything about lateness, so both are left out of it.
 */
export function honesty(): Honesty {
  const late = microseconds()
  const byScenario = new Map<string, Histogram>()
  let sent = 0
  let dropped = 0
  let stale = 0
  const worst = new Map([EVENT_LOOP_DELAY, STARVED, BUSY, CORES, BACKLOG].map((name) => [name, 0]))
  return {
    see(event) {
      if (event.kind === 'measured') {
        const most = worst.get(event.name)
        if (most !== undefined) worst.set(event.name, Math.max(most, event.value))
      }
      if (event.kind !== 'observed') return
      if (isDropped(event.answer)) dropped++
      if (event.answer.kind === 'none' && event.answer.cause === 'stale-connection') stale++
      if (event.begunUs === null) return
      sent++
      if (event.attempt !== 1 || event.awaited === true) return
      const lateUs = Math.max(0, event.begunUs - event.dueUs)
      late.recordValue(lateUs)
      const own = byScenario.get(event.scenario) ?? microseconds()
      byScenario.set(event.scenario, own)
      own.recordValue(lateUs)
    },
    conclude: () => ({
      sent,
      ...lateness(late),
      dueToSentIn: [...byScenario].map(([scenario, own]) => latenessIn(scenario, own)),
      dropped,
      eventLoopDelayMs: { p99: worst.get(EVENT_LOOP_DELAY) ?? 0 },
      starvedShare: worst.get(STARVED) ?? 0,
      busyShare: worst.get(BUSY) ?? 0,
      cores: worst.get(CORES) ?? 0,
      mintingBacklog: worst.get(BACKLOG) ?? 0,
      staleConnections: stale,
    }),
  }
}

export function latenessIn(scenario: string, histogram: Histogram): LatenessIn {
  return { scenario, hdr: exported(histogram), ...percentiles(histogram) }
}

/** How late requests were sent, in words for people and as what can be added to another run's. */
export function lateness(
  histogram: Histogram,
): Pick<GeneratorHonesty, 'timed' | 'dueToSentMs' | 'dueToSentHdr'> {
  const { p50Ms, p99Ms, maxMs } = percentiles(histogram)
  const timed = histogram.totalCount
  return {
    timed,
    dueToSentMs: { p50: p50Ms, p99: p99Ms, max: maxMs },
    dueToSentHdr: exported(histogram),
  }
}
