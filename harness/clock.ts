/** The only place that reads a clock or sets a timer. Everything else is handed a Clock. */
import { setTimeout as sleep } from 'node:timers/promises'
import { createHistogram, monitorEventLoopDelay } from 'node:perf_hooks'
import type { Clock } from './model/target.ts'

/** How far ahead a timer may be set in one go; Node's own limit is 2^31 - 1 ms. */
const LONGEST_SLEEP_MS = 2 ** 30

/** The last so many microseconds of a wait are spun through: more than a timer is ever late on a machine that is not busy. */
const SPUN_US = 5_000

/** What a thread is told to have the same time as another of its process. */
export interface Anchor {
  /** A reading of the machine's monotonic clock, which all threads share, in milliseconds. */
  readonly monotonicMs: number
  /** The time of that moment, in microseconds since 1970. */
  readonly wallUs: number
}

export interface MachineClock extends Clock {
  readonly wallUs: () => number
  readonly anchor: Anchor
}

/**
 * The machine's time: a monotonic reading anchored once to the wall clock, so that a step of the wall clock moves no
 * stamp. Whole microseconds.
 *
 * @param anchor Of the thread whose time it shall be; the two agree to a microsecond.
 */
export function machineClock(anchor: Anchor = anchorNow()): MachineClock {
  const anchorMs = anchor.monotonicMs - sinceOwnStartMs()
  // In doubles, which are exact to a nanosecond here: whole numbers of any size would be made anew with each reading.
  const nowUs = (): number => anchor.wallUs + Math.floor((performance.now() - anchorMs) * 1000)
  return {
    nowUs,
    anchor,
    wallUs: () => Date.now() * 1000,
    async sleepUntil(us, signal) {
      for (;;) {
        const leftMs = (us - nowUs()) / 1000
        if (leftMs <= 0 || signal?.aborted === true) return
        await sleep(
          Math.min(Math.ceil(leftMs), LONGEST_SLEEP_MS),
          undefined,
          signal === undefined ? {} : { signal },
        ).catch(() => undefined)
      }
    },
  }
}

function anchorNow(): Anchor {
  const ownMs = performance.now()
  return {
    monotonicMs: ownMs + sinceOwnStartMs(),
    wallUs: Math.round((performance.timeOrigin + ownMs) * 1000),
  }
}

/**
 * What the monotonic clock said when this thread's own time began. Read between two readings of that, of several the two
 * that are closest together, which are a fraction of a microsecond apart.
 */
function sinceOwnStartMs(): number {
  let [best, apart] = [0, Infinity]
  for (let times = 0; times < READINGS; times++) {
    const beforeMs = performance.now()
    const monotonicMs = Number(process.hrtime.bigint()) / 1e6
    const afterMs = performance.now()
    if (afterMs - beforeMs >= apart) continue
    apart = afterMs - beforeMs
    best = monotonicMs - (beforeMs + afterMs) / 2
  }
  return best
}

const READINGS = 50

/** Calls `act` after `afterMs` unless the returned function is called first; keeps no process alive. */
export function timer(afterMs: number, act: () => void): () => void {
  const handle = setTimeout(act, Math.min(afterMs, LONGEST_SLEEP_MS))
  handle.unref()
  return () => clearTimeout(handle)
}

/** A timer that is set again and again for the same time, at less cost than a new one each; keeps no process alive. */
export interface Alarm {
  /** Begins its time anew. */
  set(): void
  off(): void
}

/** Calls `act` when `afterMs` have passed since it was last set, unless it was put off. */
export function alarm(afterMs: number, act: () => void): Alarm {
  let handle: ReturnType<typeof setTimeout> | null = null
  let on = false
  return {
    set() {
      on = true
      if (handle !== null) return void handle.refresh()
      handle = setTimeout(
        () => {
          if (on) act()
        },
        Math.min(afterMs, LONGEST_SLEEP_MS),
      )
      handle.unref()
    },
    off() {
      on = false
    },
  }
}

/** Calls `act` every `everyMs` until the returned function is called; keeps no process alive. */
export function ticker(everyMs: number, act: () => void): () => void {
  const handle = setInterval(act, everyMs)
  handle.unref()
  return () => clearInterval(handle)
}

/**
 * Waits for a moment of the machine's time without giving up the processor: it is met as exactly as the event loop turns,
 * and takes a core of its own. What is further off than a timer is exact to is slept through.
 */
export async function spinUntil(us: number, clock: Clock, signal: AbortSignal): Promise<void> {
  await clock.sleepUntil(us - SPUN_US, signal)
  return new Promise((resolve) => {
    const turn = (): void => {
      for (let look = 0; look < LOOKS; look++) {
        if (clock.nowUs() >= us || signal.aborted) return resolve()
      }
      return void setImmediate(turn)
    }
    turn()
  })
}

/**
 * So often the time is looked at between two turns of the event loop, some microseconds in all. Each turn leaves garbage: a
 * million of them in a second had the nursery collected every 85 ms, and so made the very lateness that spinning is to avoid.
 */
const LOOKS = 50

/** Resolves when everything that is ready to run has run: the turn of the event loop that simulated time advances on. */
export function idle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

/** Watches how late the event loop is. `stop` gives the 99th percentile and the most in milliseconds. */
export function watchEventLoop(): { stop(): { readonly p99: number; readonly most: number } } {
  const delays = monitorEventLoopDelay({ resolution: 10 })
  delays.enable()
  return {
    stop() {
      delays.disable()
      // The histogram measures a 10 ms timer, so that a prompt loop reads as 10 ms.
      const late = (ns: number): number => {
        const ms = ns / 1e6 - 10
        return Number.isFinite(ms) ? Math.max(0, ms) : 0
      }
      return { p99: late(delays.percentile(99)), most: late(delays.max) }
    },
  }
}

/**
 * Watches the work of this process. The result is called for the share of the time since then that all its threads worked,
 * in cores, and the share that this thread was busy in.
 */
export function cpu(): () => { readonly share: number; readonly loopShare: number } {
  const [workBefore, loopBefore, startMs] = [
    process.cpuUsage(),
    performance.eventLoopUtilization(),
    performance.now(),
  ]
  return () => {
    const { user, system } = process.cpuUsage(workBefore)
    const elapsedMs = Math.max(1, performance.now() - startMs)
    const { utilization } = performance.eventLoopUtilization(loopBefore)
    return { share: (user + system) / 1000 / elapsedMs, loopShare: utilization }
  }
}

/** Durations in whole microseconds, kept within a thousandth of what they were. */
export interface Histogram {
  record(us: number): void
  count(): number
  /** Zero while there are none. */
  percentile(share: number): number
  most(): number
}

export function histogram(): Histogram {
  const kept = createHistogram({ figures: 3 })
  return {
    record: (us) => kept.record(Math.max(1, Math.round(us))),
    count: () => kept.count,
    percentile: (share) => (kept.count === 0 ? 0 : kept.percentile(share)),
    most: () => (kept.count === 0 ? 0 : kept.max),
  }
}

/** The time of day as a record states it. */
export function isoTime(us: number): string {
  return new Date(us / 1000).toISOString()
}

/** What a date in ISO 8601 or in HTTP's form (RFC 9110 §5.6.7) means, in microseconds since 1970; null if it is none. */
export function timeOf(text: string): number | null {
  const ms = Date.parse(text)
  return Number.isNaN(ms) ? null : ms * 1000
}
