/** Comparing two records, for programs. */
import type { Comparison } from '../harness/model/comparison.ts'
import { comparable, compared } from '../harness/tally/compare.ts'
import type { ComparisonWriter } from '../harness/model/report.ts'
import { publish } from './folder.ts'
import { readRecord } from './record-file.ts'
import { makeFolder, writeReports, type Written } from './reports.ts'

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

/**
 * Writes a comparison in several forms, each by itself.
 *
 * @param folder It is made if it is not there.
 * @throws {CupelError} ERR_CONFIG_INVALID where it cannot be made.
 */
export async function writeComparison(
  comparison: Comparison,
  folder: string,
  writers: readonly ComparisonWriter[],
): Promise<Pick<Written, 'files' | 'unwritten'>> {
  await makeFolder(folder)
  return writeReports(comparison, writers, (name, text) => publish(folder, name, text))
}
