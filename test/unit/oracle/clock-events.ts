/** Readings of clocks and faults of them, in seconds, and the clocks that they tell of. */
import type { FaultStage, HistoryEvent } from '../../../harness/model/history.ts'
import { openClocks, type Clocks } from '../../../harness/oracle/time/clocks.ts'

export const S = 1_000_000
export const UNKNOWN = { lowUs: -Infinity, highUs: Infinity }

export function measured(
  node: string,
  atSeconds: number,
  lowUs: number,
  highUs: number,
): HistoryEvent {
  return { kind: 'clock', node, source: 'hook', atUs: atSeconds * S, lowUs, highUs }
}

export function fault(
  stage: FaultStage,
  atSeconds: number,
  on = 'node-1',
  name = 'clock.offset',
): HistoryEvent {
  const rest = { scenario: 's', rung: 'hook', forgets: 'nothing', seen: null } as const
  return { kind: 'fault', fault: name, on, stage, atUs: atSeconds * S, ...rest }
}

export function clocksOf(events: readonly HistoryEvent[]): Clocks {
  const clocks = openClocks(['node-1', 'node-2'], ['node-1', 'node-2', 'store'])
  for (const event of events) clocks.see(event)
  return clocks
}
