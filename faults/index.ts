/** Every fault by name. */
import type { Fault } from '../harness/model/fault.ts'
import { linkCut } from './link-cut.ts'

export const FAULTS: readonly Fault[] = [linkCut]
