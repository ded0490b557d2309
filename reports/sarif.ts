/** A run as SARIF 2.1.0: an alert for each finding, limit that was passed, stale entry and recommendation not kept. */
import type { RunRecord } from '../harness/model/record.ts'
import type { ReportWriter } from '../harness/model/report.ts'
import { toldFindings } from './headline.ts'
import { sarifLog } from './sarif-log.ts'
import { notificationsOf } from './sarif-notifications.ts'
import { checkTold, findingTold, gatesTold, staleTold } from './sarif-results.ts'
import { asked } from './sarif-rule.ts'

export const sarif: ReportWriter = {
  name: 'sarif',
  title: 'SARIF 2.1.0, for code scanning',
  file: 'cupel.sarif',
  render,
}

function render(record: RunRecord): string {
  const of = asked(record)
  return sarifLog({
    version: record.tool.version,
    category: ['cupel', of.target, of.profile],
    invocation: {
      executionSuccessful: record.complete,
      exitCode: record.exitCode,
      startTimeUtc: record.startedAt,
      endTimeUtc: record.endedAt,
    },
    told: [
      ...staleTold(record),
      ...toldFindings(record).map((each) => findingTold(each, of)),
      ...gatesTold(record),
      ...record.checks
        .filter(({ verdict }) => verdict === 'non-strict')
        .map((check) => checkTold(check, of)),
    ],
    notifications: notificationsOf(record),
    properties: {
      seed: record.seed,
      profile: record.profile,
      runId: record.runId,
      verdict: record.verdict,
    },
  })
}
