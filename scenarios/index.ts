/** Every scenario that ships, in the order of a run: those in TypeScript as values, those in YAML as files. */
import type { Scenario } from '../harness/model/scenario.ts'
import baseline from './baseline.ts'
import burst from './burst.ts'
import capacity from './capacity.ts'
import clockDrift from './clock-drift.ts'
import clockSkew from './clock-skew.ts'
import clockSkewEverywhere from './clock-skew-everywhere.ts'
import clockStepBack from './clock-step-back.ts'
import eviction from './eviction.ts'
import hostileMixUnderLoad from './hostile-mix-under-load.ts'
import jtiPoisoning from './jti-poisoning.ts'
import jwksOutage from './jwks-outage.ts'
import keyRemoval from './key-removal.ts'
import keyRotation from './key-rotation.ts'
import unknownKidStorm from './unknown-kid-storm.ts'
import partitionFlapping from './partition-flapping.ts'
import partitionedCache from './partitioned-cache.ts'
import partitionedOneWay from './partitioned-one-way.ts'
import partitionedSilently from './partitioned-silently.ts'
import partitionedWholly from './partitioned-wholly.ts'
import pauseResume from './pause-resume.ts'
import memoryAfterAMinute from './memory-after-a-minute.ts'
import replayAfterExpiry from './replay-after-expiry.ts'
import replayRace from './replay-race.ts'
import replaySequential from './replay-sequential.ts'
import revocation from './revocation.ts'
import tokenRevocation from './token-revocation.ts'
import rollingRestart from './rolling-restart.ts'
import storeCrowdedOut from './store-crowded-out.ts'
import storeFailedOver from './store-failed-over.ts'
import storeFlushed from './store-flushed.ts'
import storeFull from './store-full.ts'
import storeHanging from './store-hanging.ts'
import storeOutage from './store-outage.ts'
import storeReadOnly from './store-read-only.ts'
import storeRestartedEmpty from './store-restarted-empty.ts'
import storeSlow from './store-slow.ts'

export const SCENARIOS: readonly (Scenario | URL)[] = [
  baseline,
  replaySequential,
  replayRace,
  new URL('./replay-across-nodes.yaml', import.meta.url),
  new URL('./replay-across-usages.yaml', import.meta.url),
  replayAfterExpiry,
  memoryAfterAMinute,
  eviction,
  jtiPoisoning,
  clockSkew,
  clockSkewEverywhere,
  clockDrift,
  clockStepBack,
  partitionedCache,
  partitionedSilently,
  partitionedOneWay,
  partitionedWholly,
  partitionFlapping,
  storeOutage,
  storeHanging,
  storeSlow,
  storeReadOnly,
  storeFull,
  storeFlushed,
  storeRestartedEmpty,
  storeCrowdedOut,
  storeFailedOver,
  rollingRestart,
  pauseResume,
  keyRotation,
  keyRemoval,
  jwksOutage,
  unknownKidStorm,
  revocation,
  tokenRevocation,
  burst,
  hostileMixUnderLoad,
  capacity,
]
