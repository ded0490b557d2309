/** What came of asking one case again. */
import type { Observation } from './history.ts'
import type { RunRecord } from './record.ts'

export interface Replayed {
  readonly caseId: string
  readonly record: RunRecord
  readonly folder: string
  /** What was sent for the case and what came back, in the order of the answers. */
  readonly observed: readonly Observation[]
  readonly startedUs: number
}
