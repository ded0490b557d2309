/** How a record is told on stdout. */
import { EXIT_CODES } from '../harness/tally/verdict.ts'
import type { RunRecord } from '../harness/model/record.ts'
import { recordJson } from '../reports/record-json.ts'
import { summary } from '../reports/summary.ts'

export function tell(record: RunRecord, json: boolean): void {
  if (json) {
    console.log(recordJson(record))
    return
  }
  const meaning = EXIT_CODES.find(({ code }) => code === record.exitCode)?.meaning ?? null
  const paint = process.stdout.isTTY && process.env['NO_COLOR'] === undefined
  console.log(summary(record, paint, meaning))
}
