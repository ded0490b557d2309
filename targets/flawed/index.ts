/** Every flaw there is, in the order of the detection matrix. */
import { audPrefix } from './aud-prefix.ts'
import type { Flaw } from './flaw.ts'
import { burnsBeforeSignature } from './burns-before-signature.ts'
import { failsOpen } from './fails-open.ts'
import { forgetsBeforeLeewayEnds } from './forgets-before-leeway-ends.ts'
import { memoryPerNode } from './memory-per-node.ts'
import { noReplayCheck } from './no-replay-check.ts'
import { replayCheckThenSet } from './replay-check-then-set.ts'
import { smallMemory } from './small-memory.ts'

export const FLAWS: readonly Flaw[] = [
  noReplayCheck,
  replayCheckThenSet,
  memoryPerNode,
  failsOpen,
  smallMemory,
  forgetsBeforeLeewayEnds,
  burnsBeforeSignature,
  audPrefix,
]
