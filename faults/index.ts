/** Every fault by name. */
import type { Fault } from '../harness/model/fault.ts'
import { clockOffset } from './clock-offset.ts'
import { linkCut } from './link-cut.ts'
import { loadPressure } from './load-pressure.ts'

export const FAULTS: readonly Fault[] = [clockOffset, linkCut, loadPressure]
