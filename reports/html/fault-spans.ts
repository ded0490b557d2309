/** When each fault was in force, as far as that was seen. */
import type { RecordedFault } from '../../harness/model/record.ts'

export interface Span {
  readonly name: string
  readonly fromMs: number
  readonly toMs: number
}

/** Faults in force between two moments of a run, cut to lie between them. */
export function inForce(
  faults: readonly RecordedFault[],
  fromMs: number,
  toMs: number,
): readonly Span[] {
  return faults
    .map(({ name, on, stages }) => ({
      name: `${name} on ${on}`,
      fromMs: Math.max(fromMs, stages.confirmed ?? stages.unconfirmed ?? stages.inflicting ?? 0),
      toMs: Math.min(toMs, stages.mending ?? stages.mended ?? stages.unmended ?? toMs),
    }))
    .filter((span) => span.fromMs < span.toMs)
}
