/** Reads the clocks that bear on verdicts. */
import type { HistoryEvent } from '../model/history.ts'
import type { Clock, Session } from '../model/target.ts'

export type ClockEvent = Extract<HistoryEvent, { kind: 'clock' }>

/** One event for each clock that can be read now; a node that does not answer has none, which widens its interval. */
export async function readClocks(session: Session, clock: Clock): Promise<readonly ClockEvent[]> {
  const readings = await Promise.all(session.clocks.map((node) => readClock(node, session, clock)))
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
