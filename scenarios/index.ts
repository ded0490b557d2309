/** Every scenario that ships, in the order of a run: those in TypeScript as values, those in YAML as files. */
import type { Scenario } from '../harness/model/scenario.ts'
import partitionedStore from './partitioned-store.ts'
import replayRace from './replay-race.ts'
import replaySequential from './replay-sequential.ts'

export const SCENARIOS: readonly (Scenario | URL)[] = [
  replaySequential,
  replayRace,
  new URL('./replay-across-nodes.yaml', import.meta.url),
  partitionedStore,
]
