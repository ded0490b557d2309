/** Reads the clocks that bear on verdicts. */
import type { HistoryEvent } from '../model/history.ts'
import type { Clock, Session } from '../model/target.ts'
import type { Cap } from './cap.ts'

export type ClockEvent = Extract<HistoryEvent, { kind: 'clock' }>

/**
 * One event for each clock that can be read now; a node that does not answer has none, which widens its interval.
 *
 * @param cap Where a clock is read by asking the target, that is a request like any other.
 */
export async function readClocks(
  session: Session,
  clock: Clock,
  cap: Cap,
  stop: AbortSignal,
): Promise<readonly ClockEvent[]> {
  const readings = await Promise.all(
    session.clocks.map(async (node) => {
      if (session.clockIn === undefined) return readClock(node, session, clock)
      const leave = await cap.enter(1, stop)
      if (leave === null) return null
      const reading = await readClock(node, session, clock)
      leave.used()
      return reading
    }),
  )
  return readings.filter((each) => each !== null)
}

async function readClock(node: string, session: Session, clock: Clock): Promise<ClockEvent | null> {
  try {
    const reading = await session.clockOf(node)
    if (reading === null) return null
    const { source, lowUs, highUs } = reading
    return { kind: 'clock', node, source, atUs: clock.nowUs(), lowUs, highUs }
  } catch {
    return null
  }
}
