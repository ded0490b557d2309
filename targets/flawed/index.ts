/** Every flaw there is, in the order of the detection matrix. */
import { algorithmFromHeader } from './algorithm-from-header.ts'
import { audAnyOfArray } from './aud-any-of-array.ts'
import { critIgnored } from './crit-ignored.ts'
import { embeddedKeyTrusted } from './embedded-key-trusted.ts'
import { iatStrict } from './iat-strict.ts'
import { jtiCaseFolded } from './jti-case-folded.ts'
import { keyNotBoundToIssuer } from './key-not-bound-to-issuer.ts'
import { leewayWrongWay } from './leeway-wrong-way.ts'
import { nbfIgnored } from './nbf-ignored.ts'
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
  audAnyOfArray,
  leewayWrongWay,
  nbfIgnored,
  iatStrict,
  algorithmFromHeader,
  keyNotBoundToIssuer,
  embeddedKeyTrusted,
  critIgnored,
  jtiCaseFolded,
]
