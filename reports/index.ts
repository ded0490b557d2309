/** Every report that `cupel run --report` and `cupel report` can write. The record itself is always written. */
import type { ReportWriter } from '../harness/model/report.ts'
import { badge, line } from './badge.ts'
import { junit } from './junit.ts'
import { ratesCsv } from './rates-csv.ts'
import { recordJson } from './record-json.ts'
import { sarif } from './sarif.ts'
import { stepSummary } from './step-summary.ts'
import { summary } from './summary.ts'

const json: ReportWriter = {
  name: 'json',
  title: 'The record, as other programs read it',
  file: 'record.json',
  render: recordJson,
}

const html: ReportWriter = {
  name: 'html',
  title: 'One page for a browser, complete in itself',
  file: 'report.html',
  // The libraries of its charts are loaded only where a page is wanted.
  render: async (record) => (await import('./html/page.ts')).page(record),
}

const text: ReportWriter = {
  name: 'text',
  title: 'The summary that a terminal shows, without colour',
  file: 'summary.txt',
  render: (record) => `${summary(record)}\n`,
}

/** The record's own first. */
export const REPORTS: readonly [record: ReportWriter, ...others: ReportWriter[]] = [
  json,
  html,
  text,
  junit,
  sarif,
  stepSummary,
  ratesCsv,
  badge,
  line,
]
