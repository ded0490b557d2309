/** `cupel compare`. */
import { join } from 'node:path'
import { compare, writeComparison } from '../api/compare.ts'
import { folderOf } from '../api/reports.ts'
import { comparisonsNamed } from '../api/select.ts'
import { CupelError } from '../harness/errors.ts'
import { compareText } from '../reports/compare-text.ts'
import { reportError } from './errors.ts'
import { show } from './tell.ts'

export interface CompareCommandOptions {
  readonly anyway: boolean
  readonly json: boolean
  readonly report: readonly string[]
  readonly out?: string
}

/** Of a run that did not end nothing can be said, which is no mistake of whoever asks. */
const INCONCLUSIVE = 2

/** @returns The exit code: 1 on a regression, 2 where nothing could be compared, else 0. */
export async function compareCommand(
  before: string,
  after: string,
  { anyway, json, report, out }: CompareCommandOptions,
): Promise<number> {
  try {
    const writers = comparisonsNamed(report)
    const comparison = await compare(before, after, { anyway })
    if (json) console.log(JSON.stringify(comparison, null, 2))
    else show((paint, columns) => compareText(comparison, paint, columns))
    if (writers.length === 0) return comparison.exitCode
    const folder = out ?? (await folderOf(after))
    const { files, unwritten } = await writeComparison(comparison, folder, writers)
    // On stdout there would be more than the JSON that was asked for.
    for (const file of files) (json ? console.error : console.log)(`Report: ${join(folder, file)}`)
    return unwritten === null ? comparison.exitCode : reportError(unwritten)
  } catch (error) {
    if (!(error instanceof CupelError) || error.code !== 'ERR_RECORD_INCOMPLETE') throw error
    reportError(error)
    return INCONCLUSIVE
  }
}
