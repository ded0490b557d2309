/** One way to tell a record, or what two of them have between them: it in, text out, and nothing else looked at. */
import type { Comparison } from './comparison.ts'
import type { RunRecord } from './record.ts'

export interface Writer<Told> {
  /** As `--report` names it. */
  readonly name: string
  readonly title: string
  /** The file it makes in the folder that reports are written to. */
  readonly file: string
  readonly render: (told: Told) => string | Promise<string>
}

export type ReportWriter = Writer<RunRecord>

export type ComparisonWriter = Writer<Comparison>
