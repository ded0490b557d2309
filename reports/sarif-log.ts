/** A SARIF 2.1.0 log, whatever its results are of, within what GitHub's code scanning takes. */
import type { Invocation, Notification, Run } from 'sarif'
import { excerpt } from './escape.ts'
import type { Told } from './sarif-rule.ts'

/** Code scanning shows that many results of a run and refuses five times as many; the gravest come first. */
const MOST_RESULTS = 5_000

/** No alerts, and so nobody's limit but the file's. */
const MOST_NOTIFICATIONS = 500

export interface SarifReport {
  /** Of Cupel, which made what is told. */
  readonly version: string
  /** Analyses with the same names take the place of one another, part by part. */
  readonly category: readonly string[]
  readonly invocation: Omit<Invocation, 'toolExecutionNotifications'>
  readonly told: readonly Told[]
  readonly notifications: readonly Notification[]
  readonly properties: Readonly<Record<string, string>>
}

export function sarifLog(report: SarifReport): string {
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [runOf(report)],
  }
  return `${JSON.stringify(log, null, 2)}\n`
}

function runOf(report: SarifReport): Run {
  const { version, category, invocation, notifications, properties } = report
  const told = report.told.slice(0, MOST_RESULTS)
  const rules = [...new Map(told.map(({ rule }) => [rule.id, rule])).values()]
  const places = new Map(rules.map(({ id }, index) => [id, index]))
  return {
    tool: {
      driver: { name: 'Cupel', version, semanticVersion: version, rules },
    },
    automationDetails: { id: `${category.map((each) => excerpt(each, 100)).join('/')}/` },
    invocations: [
      { ...invocation, toolExecutionNotifications: notifications.slice(0, MOST_NOTIFICATIONS) },
    ],
    columnKind: 'unicodeCodePoints',
    results: told.map(({ rule, result }) => ({
      ...result,
      ruleIndex: places.get(rule.id) ?? -1,
    })),
    properties: Object.fromEntries(
      Object.entries(properties).map(([name, value]) => [name, excerpt(value, 100)]),
    ),
  }
}
