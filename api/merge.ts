/** Merging the records of shards, for programs. */
import { resolve } from 'node:path'
import { CupelError } from '../harness/errors.ts'
import type { RunRecord } from '../harness/model/record.ts'
import type { ReportWriter } from '../harness/model/report.ts'
import { merged } from '../harness/tally/merge.ts'
import { publish } from './folder.ts'
import { readRecord, RECORD } from './record-file.ts'
import { makeFolder, writeReports, type Written } from './reports.ts'

export interface MergeOptions {
  /** The folder that the record and the reports are written into; it is made if it is not there. */
  readonly out: string
  readonly reports: readonly ReportWriter[]
}

/**
 * @param paths Records or folders of runs, two at least.
 * @throws {CupelError} ERR_RECORD_* and ERR_RECORDS_* for records that cannot be merged, ERR_CONFIG_INVALID for one alone.
 */
export async function merge(
  paths: readonly string[],
  { out, reports }: MergeOptions,
): Promise<Written> {
  if (paths.length < 2) {
    throw new CupelError('ERR_CONFIG_INVALID', 'expected two records or more to merge, found one', {
      hint: 'Give the folder of each shard: cupel merge out/shard-1 out/shard-2 --out out/merged.',
    })
  }
  const parts = await Promise.all(
    paths.map(async (path) => ({ name: path, record: await readRecord(path) })),
  )
  const whole = mergedOf(parts)
  refuseOverwriting(paths, out)
  await makeFolder(out)
  const written = await writeReports(whole, reports, (name, text) => publish(out, name, text))
  return { record: whole, folder: out, ...written }
}

function mergedOf(parts: Parameters<typeof merged>[0]): RunRecord {
  try {
    return merged(parts)
  } catch (cause) {
    if (cause instanceof CupelError) throw cause
    // The shape of each record was looked at, but what its histograms hold was not.
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new CupelError('ERR_RECORD_UNREADABLE', `a record says what no run writes: ${why}`, {
      cause,
      hint: 'Merge records as runs wrote them. An edited record is no evidence.',
    })
  }
}

function refuseOverwriting(paths: readonly string[], out: string): void {
  const file = resolve(out, RECORD)
  const own = paths.find((path) => [resolve(path), resolve(path, RECORD)].includes(file))
  if (own === undefined) return
  throw new CupelError('ERR_CONFIG_INVALID', `--out ${out} is where ${own} lies`, {
    hint: 'Give a folder of its own for the merged record, so that no evidence is lost.',
  })
}
