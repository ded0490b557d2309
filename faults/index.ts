/** Every fault by name. */
import type { Fault } from '../harness/model/fault.ts'
import { clockDrift } from './clock-drift.ts'
import { clockOffset } from './clock-offset.ts'
import { KEY_FAULTS } from './keys.ts'
import { LINK_FAULTS } from './links.ts'
import { loadPressure } from './load-pressure.ts'
import { NODE_FAULTS } from './nodes.ts'
import { REVOCATIONS } from './revocations.ts'
import { STORE_FAULTS } from './stores.ts'

export const FAULTS: readonly Fault[] = [
  clockOffset,
  clockDrift,
  ...LINK_FAULTS,
  ...NODE_FAULTS,
  ...STORE_FAULTS,
  ...KEY_FAULTS,
  ...REVOCATIONS,
  loadPressure,
]
