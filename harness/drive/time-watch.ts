/** Reads the target's clocks again and again while a round goes on, so that what is known of them stays narrow. */
import type { Exchange } from '../model/target.ts'
import type { Clock, Session } from '../model/target.ts'
import type { ClockEvent } from './clocks.ts'

const EVERY_US = 1_000_000

/** In simulated time, where a day passes in seconds, a reading follows the last after this share of the time passed. */
const SHARE_OF_PASSED = 1 / 300

/** An answer that took longer says less of the clock than one that is about to come. */
const LONGEST_EXCHANGE_US = 500_000

export interface TimeWatch {
  /** What an answer says of the clock of its node, about once a second. */
  heard(node: string | null, exchange: Exchange): void
  /** Reads by asking for as long as it takes until the signal aborts, where answers say nothing. */
  run(signal: AbortSignal): Promise<void>
}

/** @param look Asks all clocks, and tells what they say. */
export function watchTime(
  session: Session,
  clock: Clock,
  tell: (event: ClockEvent) => void,
  look: () => Promise<void>,
): TimeWatch {
  const nextUs = new Map<string, number>()
  const startUs = clock.nowUs()
  return {
    heard(node, exchange) {
      if (session.clockIn === undefined || node === null || exchange.answeredUs === null) return
      const atUs = exchange.answeredUs
      if (atUs < (nextUs.get(node) ?? 0) || atUs - exchange.begunUs > LONGEST_EXCHANGE_US) return
      const reading = session.clockIn(exchange)
      if (reading === null) return
      nextUs.set(node, atUs + EVERY_US)
      tell({ kind: 'clock', node, atUs, ...reading })
    },
    async run(signal) {
      if (session.clockIn !== undefined) return
      while (!signal.aborted) {
        const passedUs = clock.nowUs() - startUs
        const afterUs =
          session.clock === null ? EVERY_US : Math.max(EVERY_US, passedUs * SHARE_OF_PASSED)
        await clock.sleepUntil(clock.nowUs() + Math.round(afterUs), signal)
        if (!signal.aborted) await look()
      }
    },
  }
}
