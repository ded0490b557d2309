/** Every flaw there is, in the order of the detection matrix. */
import { audPrefix } from './aud-prefix.ts'
import type { Flaw } from './flaw.ts'
import { memoryPerNode } from './memory-per-node.ts'
import { noReplayCheck } from './no-replay-check.ts'
import { replayCheckThenSet } from './replay-check-then-set.ts'

export const FLAWS: readonly Flaw[] = [noReplayCheck, replayCheckThenSet, memoryPerNode, audPrefix]
