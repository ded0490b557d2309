/** Clocks of nodes that can only be set, by whatever sets them, and are measured by the target's own clock source. */
import type { ClockControl } from '../../harness/model/fault.ts'
import type { Clock, Session } from '../../harness/model/target.ts'
import { seenWithin } from './lever.ts'

interface Setting {
  readonly rung: string
  /** So long is each step of a drift, which is a stair: at twice the time it is as high as it is long. */
  readonly stepUs: number
  /** Sets the clock of a node so far ahead of the time, or behind it where that is negative. */
  readonly tell: (node: string, offsetUs: number) => Promise<void>
}

/**
 * What is set is not yet so: the `Date` of an answer may be a second old, as in Node, which makes its text once a
 * second. So it is looked at until it shows, for as long as that may take; if it never does, `measure` says so.
 */
const SHOWS_US = 3_000_000
/** How far a clock that was read may lie from what was asked, besides how exactly it can be read. */
const NEAR_US = 500_000

interface Drift {
  readonly stop: AbortController
  /** Resolves once nothing more is set; never rejects. */
  readonly ended: Promise<void>
}

export function settableClock(
  { rung, stepUs, tell }: Setting,
  { clockOf }: Pick<Session, 'clockOf'>,
  clock: Clock,
): ClockControl {
  const offsets = new Map<string, number>()
  const drifts = new Map<string, Drift>()
  const set = async (node: string, offsetUs: number): Promise<void> => {
    await tell(node, offsetUs)
    offsets.set(node, offsetUs)
  }
  const halt = async (node: string): Promise<void> => {
    const drift = drifts.get(node)
    drift?.stop.abort()
    await drift?.ended
    drifts.delete(node)
  }
  return {
    rung,
    async setOffset(node, offsetUs) {
      await halt(node)
      await set(node, offsetUs)
      await seenWithin(clock, SHOWS_US, async () => {
        const seen = await clockOf(node)
        if (seen === null) return null
        const isNear = seen.lowUs - NEAR_US <= offsetUs && offsetUs <= seen.highUs + NEAR_US
        return isNear ? true : null
      })
    },
    async setDrift(node, ppm) {
      await halt(node)
      if (ppm === 0) return
      const [fromUs, sinceUs] = [offsets.get(node) ?? 0, clock.nowUs()]
      // The first step shows whether it can be set at all; one that fails later shows in what is measured.
      await set(node, fromUs)
      const stop = new AbortController()
      const climb = async (): Promise<void> => {
        for (;;) {
          await clock.sleepUntil(clock.nowUs() + stepUs, stop.signal)
          if (stop.signal.aborted) return
          await set(node, fromUs + ((clock.nowUs() - sinceUs) * ppm) / 1e6)
        }
      }
      drifts.set(node, { stop, ended: climb().catch(() => undefined) })
    },
    async measure(node) {
      const seen = await clockOf(node)
      if (seen === null) throw new RangeError(`the clock of ${node} cannot be read`)
      return { lowUs: seen.lowUs, highUs: seen.highUs }
    },
  }
}
