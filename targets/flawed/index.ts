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
import { burnsBeforeAudience } from './burns-before-audience.ts'
import { failsClosedAsClientError } from './fails-closed-as-client-error.ts'
import { failsOpen } from './fails-open.ts'
import { forgetsAfterAMinute } from './forgets-after-a-minute.ts'
import { forgetsBeforeLeewayEnds } from './forgets-before-leeway-ends.ts'
import { keyIsJtiAlone } from './key-is-jti-alone.ts'
import { keyIsTokenBytes } from './key-is-token-bytes.ts'
import { keyWithoutDelimiter } from './key-without-delimiter.ts'
import { memoryPerNode } from './memory-per-node.ts'
import { noReplayCheck } from './no-replay-check.ts'
import { partitionFallsBackToLocal } from './partition-falls-back-to-local.ts'
import { replayCheckOnlyWithJti } from './replay-check-only-with-jti.ts'
import { replayCheckThenSet } from './replay-check-then-set.ts'
import { smallMemory } from './small-memory.ts'

export const FLAWS: readonly Flaw[] = [
  noReplayCheck,
  replayCheckOnlyWithJti,
  replayCheckThenSet,
  memoryPerNode,
  partitionFallsBackToLocal,
  failsOpen,
  failsClosedAsClientError,
  smallMemory,
  forgetsBeforeLeewayEnds,
  forgetsAfterAMinute,
  burnsBeforeSignature,
  burnsBeforeAudience,
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
  keyWithoutDelimiter,
  keyIsJtiAlone,
  keyIsTokenBytes,
]
