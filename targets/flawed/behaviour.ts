/** How a node behaves that is right in the way of a variant, if of any, and has a flaw, if any. */
import { FAULTLESS, type Behaviour } from '../reference/behaviour.ts'
import type { Variant } from '../reference/variants.ts'
import type { Flaw } from './flaw.ts'

export interface Deviation {
  readonly variant: Pick<Variant, 'apply'> | null
  readonly flaw: Pick<Flaw, 'apply'> | null
}

/** @param nowMs The node's own clock. */
export function behaviourOf({ variant, flaw }: Deviation, nowMs: () => number): Behaviour {
  const right = variant?.apply(FAULTLESS) ?? FAULTLESS
  return flaw?.apply(right, nowMs) ?? right
}
