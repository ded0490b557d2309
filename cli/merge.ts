/** `cupel merge`. */
import { merge } from '../api/merge.ts'
import { reportsFor } from '../api/select.ts'
import { reportError } from './errors.ts'
import { tell } from './tell.ts'

export interface MergeCommandOptions {
  readonly out: string
  readonly report: readonly string[]
  readonly json: boolean
}

/** @returns The exit code that the merged record has. */
export async function mergeCommand(
  records: readonly string[],
  { out, report, json }: MergeCommandOptions,
): Promise<number> {
  const { record, unwritten } = await merge(records, { out, reports: reportsFor(report) })
  tell(record, json)
  if (!json) console.log(`Record: ${out}`)
  return unwritten === null ? record.exitCode : reportError(unwritten)
}
