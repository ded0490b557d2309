/** Every fault by name. */
import type { Fault } from '../harness/model/fault.ts'
import { clockDrift } from './clock-drift.ts'
import { clockOffset } from './clock-offset.ts'
import { keysAdd } from './keys-add.ts'
import { keysGarbage } from './keys-garbage.ts'
import { keysOutage } from './keys-outage.ts'
import { keysOversized } from './keys-oversized.ts'
import { keysRemove } from './keys-remove.ts'
import { keysRotate } from './keys-rotate.ts'
import { keysSlow } from './keys-slow.ts'
import { keysSwap } from './keys-swap.ts'
import { linkBlackHole } from './link-black-hole.ts'
import { linkCut } from './link-cut.ts'
import { linkOneWay } from './link-one-way.ts'
import { linkSlow } from './link-slow.ts'
import { loadPressure } from './load-pressure.ts'
import { nodeKill } from './node-kill.ts'
import { nodePause } from './node-pause.ts'
import { revokeClient } from './revoke-client.ts'
import { storeFailOver } from './store-fail-over.ts'
import { storeFill } from './store-fill.ts'
import { storeFlush } from './store-flush.ts'
import { storeFull } from './store-full.ts'
import { storeOutage } from './store-outage.ts'
import { storePause } from './store-pause.ts'
import { storeReadOnly } from './store-read-only.ts'
import { storeRestartEmpty } from './store-restart-empty.ts'
import { storeSlow } from './store-slow.ts'

export const FAULTS: readonly Fault[] = [
  clockOffset,
  clockDrift,
  linkCut,
  linkBlackHole,
  linkOneWay,
  linkSlow,
  nodeKill,
  nodePause,
  storeOutage,
  storePause,
  storeSlow,
  storeReadOnly,
  storeFull,
  storeFlush,
  storeFill,
  storeRestartEmpty,
  storeFailOver,
  keysAdd,
  keysRemove,
  keysRotate,
  keysSwap,
  keysOutage,
  keysGarbage,
  keysOversized,
  keysSlow,
  revokeClient,
  loadPressure,
]
