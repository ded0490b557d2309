/** Comparing two records, for programs. */
import type { Comparison } from '../harness/model/comparison.ts'
import { comparable, compared } from '../harness/tally/compare.ts'
import { readRecord } from './record-file.ts'

export interface CompareOptions {
  /** Compares records of different targets or profiles as well. */
  readonly anyway: boolean
}

/**
 * @param before A `record.json` or the folder of a run, as is `after`.
 * @throws {CupelError} ERR_RECORD_* for what cannot be read or did not end, ERR_RECORDS_APART.
 */
export async function compare(
  before: string,
  after: string,
  options: CompareOptions,
): Promise<Comparison> {
  const [one, other] = await Promise.all([readRecord(before), readRecord(after)])
  comparable(one, other, options)
  return compared(one, other)
}
