/** What a bound will count. */
import type { Unit } from '../../model/counts.ts'
import type { Gate, Phase, Scenario, Stream } from '../../model/scenario.ts'

/**
 * As the judge will (oracle/counts/cells.ts), which a test holds it to: races by themselves, stimuli that are wrong by themselves
 * one by one where nothing is broken, and else windows while a fault is in force and seconds of a node outside of them.
 */
export function unitOf(
  { faults }: Pick<Scenario, 'faults'>,
  { release, copies }: Stream,
  metric: Gate['metric'],
  phase: Phase,
): Unit {
  if (metric === 'far' && release === 'together') return 'race'
  if (metric === 'far' && copies === 1 && faults.length === 0) return 'presentation'
  return phase === 'during' ? 'window' : 'node-second'
}
