/** `cupel report`. */
import { join } from 'node:path'
import { report } from '../api/reports.ts'
import { reportsNamed } from '../api/select.ts'
import { reportError } from './errors.ts'

export interface ReportCommandOptions {
  readonly report: readonly string[]
  readonly out?: string
}

/** Names each file on stdout, and nothing else. @returns 0, whatever the record says: this judges nothing. */
export async function reportCommand(
  path: string,
  { report: names, out }: ReportCommandOptions,
): Promise<number> {
  const reports = reportsNamed(names.length === 0 ? ['html'] : names)
  const { folder, files, unwritten } = await report(path, { out: out ?? null, reports })
  for (const file of files) console.log(join(folder, file))
  return unwritten === null ? 0 : reportError(unwritten)
}
