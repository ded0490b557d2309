/** SARIF 2.1.0, within what GitHub's code scanning takes. */
import type { Log, Run } from 'sarif'
import type { RunRecord } from '../harness/model/record.ts'
import type { ReportWriter } from '../harness/model/report.ts'
import { excerpt } from './escape.ts'
import { toldFindings } from './headline.ts'
import { notificationsOf } from './sarif-notifications.ts'
import { checkTold, findingTold, gatesTold, staleTold } from './sarif-results.ts'

export const sarif: ReportWriter = {
  name: 'sarif',
  title: 'SARIF 2.1.0, for code scanning',
  file: 'cupel.sarif',
  render: (record) => `${JSON.stringify(logOf(record), null, 2)}\n`,
}

/** Code scanning shows that many results of a run and refuses five times as many; the gravest come first. */
const MOST_RESULTS = 5_000

function logOf(record: RunRecord): Log {
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [runOf(record)],
  }
}

function runOf(record: RunRecord): Run {
  const told = [
    ...staleTold(record),
    ...toldFindings(record).map((each) => findingTold(each, record)),
    ...gatesTold(record),
    ...record.checks
      .filter(({ verdict }) => verdict === 'non-strict')
      .map((check) => checkTold(check, record)),
  ].slice(0, MOST_RESULTS)
  const rules = [...new Map(told.map(({ rule }) => [rule.id, rule])).values()]
  return {
    tool: {
      driver: {
        name: 'Cupel',
        version: record.tool.version,
        semanticVersion: record.tool.version,
        rules,
      },
    },
    automationDetails: {
      id: `cupel/${excerpt(record.target.name, 100)}/${excerpt(record.profile, 100)}/`,
    },
    invocations: [
      {
        executionSuccessful: record.complete,
        exitCode: record.exitCode,
        startTimeUtc: record.startedAt,
        endTimeUtc: record.endedAt,
        toolExecutionNotifications: [...notificationsOf(record)],
      },
    ],
    columnKind: 'unicodeCodePoints',
    results: told.map(({ rule, result }) => ({
      ...result,
      ruleIndex: rules.findIndex(({ id }) => id === rule.id),
    })),
    properties: {
      seed: excerpt(record.seed, 100),
      profile: excerpt(record.profile, 100),
      runId: excerpt(record.runId, 100),
      verdict: record.verdict,
    },
  }
}
