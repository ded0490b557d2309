/** Reads the target's clocks again and again while a round goes on, so that what is known of them stays narrow. */
import type { Exchange } from '../model/target.ts'
import type { Clock, Session } from '../model/target.ts'
import type { ClockEvent } from './clocks.ts'

const EVERY_US = 1_000_000

/** In simulated time, where a day passes in seconds, a reading follows the last after this share of the time passed. */
const SHARE_OF_PASSED = 1 / 300

/** An answer that took longer says less of the clock than one that is about to come. */
const LONGEST_EXCHANGE_US = 500_000

/** Of many answers so many a second say all there is to say. */
const LISTEN_EVERY_US = 5_000

/** By how much clocks that nobody touches part in the two seconds that readings are put together of, at 500 ppm (adjtime(2)). */
const DRIFT_US = 1_000

export interface TimeWatch {
  /** What the answers of a second say together of the clock of their node, about once a second. */
  heard(node: string | null, exchange: Exchange): void
  /** A clock is being moved: what was heard before says nothing of what is heard from now on. */
  disturb(): void
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
  const secondsOf = new Map<string, Second>()
  const startUs = clock.nowUs()
  return {
    heard(node, exchange) {
      if (session.clockIn === undefined || node === null || exchange.answeredUs === null) return
      const atUs = exchange.answeredUs
      const second = secondsOf.get(node)
      if (second !== undefined && atUs < second.listenUs) return
      if (atUs - exchange.begunUs > LONGEST_EXCHANGE_US) return
      const reading = session.clockIn(exchange)
      if (reading === null) return
      // The first one is told at once: until then nothing is known.
      if (second === undefined || atUs >= second.endUs) {
        const heard = second !== undefined && atUs < second.endUs + EVERY_US ? second.readings : []
        tell({ kind: 'clock', node, atUs, ...together(heard, reading) })
        secondsOf.set(node, { endUs: atUs + EVERY_US, listenUs: atUs, readings: [] })
      } else {
        second.readings.push(reading)
        second.listenUs = atUs + LISTEN_EVERY_US
      }
    },
    disturb: () => secondsOf.clear(),
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

/** What is heard of one clock in a second. */
interface Second {
  readonly endUs: number
  /** Nothing is listened to before. */
  listenUs: number
  readonly readings: Reading[]
}

type Reading = Pick<ClockEvent, 'source' | 'lowUs' | 'highUs'>

/**
 * Each reading bounds the same clock, so that all of them together bound it more closely: a Date that was just written for
 * the first time bounds it from below, and one that is about to change from above. Readings that exclude each other are of
 * several clocks, or of one that was moved: then it may be anywhere that one of them says.
 */
function together(others: readonly Reading[], last: Reading): Reading {
  const all = [...others, last]
  if (all.length === 1) return last
  const lows = all.map(({ lowUs }) => lowUs)
  const highs = all.map(({ highUs }) => highUs)
  const [lowUs, highUs] = [Math.max(...lows) - DRIFT_US, Math.min(...highs) + DRIFT_US]
  if (lowUs > highUs) return { ...last, lowUs: Math.min(...lows), highUs: Math.max(...highs) }
  return { ...last, lowUs, highUs }
}
