/** Every scenario that ships, in the order of a run: those in TypeScript as values, those in YAML as files. */
import type { Scenario } from '../harness/model/scenario.ts'
import baseline from './baseline.ts'
import burst from './burst.ts'
import capacity from './capacity.ts'
import clockSkew from './clock-skew.ts'
import eviction from './eviction.ts'
import hostileMixUnderLoad from './hostile-mix-under-load.ts'
import jtiPoisoning from './jti-poisoning.ts'
import partitionedCache from './partitioned-cache.ts'
import replayAfterExpiry from './replay-after-expiry.ts'
import replayRace from './replay-race.ts'
import replaySequential from './replay-sequential.ts'

export const SCENARIOS: readonly (Scenario | URL)[] = [
  baseline,
  replaySequential,
  replayRace,
  new URL('./replay-across-nodes.yaml', import.meta.url),
  replayAfterExpiry,
  eviction,
  jtiPoisoning,
  clockSkew,
  partitionedCache,
  burst,
  hostileMixUnderLoad,
  capacity,
]
