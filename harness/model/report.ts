/** One way to tell a record: a record in, text out, and nothing else looked at. */
import type { RunRecord } from './record.ts'

export interface ReportWriter {
  /** As `--report` names it. */
  readonly name: string
  readonly title: string
  /** The file it makes in the folder of the run. */
  readonly file: string
  readonly render: (record: RunRecord) => string | Promise<string>
}
