/** Every report that `cupel run --report` can write. The record itself is always written. */
import type { ReportWriter } from '../harness/model/report.ts'
import { recordJson } from './record-json.ts'
import { summary } from './summary.ts'

const json: ReportWriter = {
  name: 'json',
  title: 'The record, as other programs read it',
  file: 'record.json',
  render: recordJson,
}

const text: ReportWriter = {
  name: 'text',
  title: 'The summary that a terminal shows, without colour',
  file: 'summary.txt',
  render: (record) => `${summary(record, false)}\n`,
}

export const REPORTS: readonly [record: ReportWriter, ...others: ReportWriter[]] = [json, text]
