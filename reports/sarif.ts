/** SARIF 2.1.0, within what GitHub's code scanning takes. */
import { createHash } from 'node:crypto'
import type { Log, ReportingDescriptor, Result, Run, Suppression } from 'sarif'
import { FINDINGS } from '../harness/findings.ts'
import type { ExpectedFailure } from '../harness/model/expected.ts'
import type { Finding, RunRecord } from '../harness/model/record.ts'
import type { CheckResult } from '../harness/model/verdict.ts'
import type { ReportWriter } from '../harness/model/report.ts'
import { escape, excerpt } from './escape.ts'
import { count } from './figures.ts'
import { gateText } from './gate-text.ts'
import { byGravity, failedGates, titleOf } from './headline.ts'
import { knownFailures } from './known.ts'
import { remedyOf } from './remedies.ts'

export const sarif: ReportWriter = {
  name: 'sarif',
  title: 'SARIF 2.1.0, for code scanning',
  file: 'cupel.sarif',
  render: (record) => `${JSON.stringify(logOf(record), null, 2)}\n`,
}

/** Code scanning shows that many results of a run and refuses five times as many; the gravest come first. */
const MOST_RESULTS = 5_000
/** It shows ten tags of a rule and refuses more than twenty. */
const MOST_TAGS = 10
/** Messages are cut so that no file comes near the ten megabytes that an upload may have. */
const MOST_CHARACTERS = 1_000

/** Between 0 and 10, as code scanning sorts by: above 9 is critical, 7 high, 4 medium. */
const SECURITY_SEVERITY: Readonly<Record<Finding['severity'], string>> = {
  high: '8.0',
  medium: '5.5',
  low: '3.0',
  info: '0.0',
}

const LEVELS: Readonly<Record<Finding['severity'], 'error' | 'warning' | 'note'>> = {
  high: 'error',
  medium: 'error',
  low: 'warning',
  info: 'note',
}

interface Told {
  readonly rule: ReportingDescriptor
  readonly result: Result
}

function logOf(record: RunRecord): Log {
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [runOf(record)],
  }
}

function runOf(record: RunRecord): Run {
  const told = [
    ...byGravity(record.findings).map((finding) => findingTold(finding, record)),
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

function findingTold(finding: Finding, record: RunRecord): Told {
  const { id, severity, because, obliges, times, witness, spec, cwe, controls } = finding
  const remedy = remedyOf(id)
  const entry = knownFailures(record).finding(finding)
  const tags = [
    'security',
    // As code scanning expects them, so that its filters know them.
    ...(cwe === null ? [] : [`external/cwe/${cwe.toLowerCase()}`]),
    ...controls,
    ...spec,
  ]
  const steps = witness.map(
    (step, index) =>
      `${index + 1}. ${step.node ?? 'the target'} at ${step.begunMs.toFixed(1)} ms: sent ${step.sent}; got ${step.got}`,
  )
  const often = times === 1 ? 'Seen once.' : `Seen ${count(times)} times.`
  const rule: ReportingDescriptor = {
    id: escape(id),
    name: pascal(id),
    shortDescription: { text: excerpt(titleOf(finding), 250) },
    fullDescription: {
      text: excerpt(`${titleOf(finding)}. ${remedy ?? ''}`.trim(), MOST_CHARACTERS),
    },
    help: { text: excerpt(remedy ?? 'cupel explain says what was sent.', MOST_CHARACTERS) },
    defaultConfiguration: { level: LEVELS[FINDINGS.get(id)?.severity ?? severity] },
    properties: {
      tags: tags.map((tag) => excerpt(tag, 100)).slice(0, MOST_TAGS),
      'security-severity': SECURITY_SEVERITY[severity],
      precision: 'very-high',
    },
  }
  const text = [`${because} ${often}`, ...steps].map((line) => excerpt(line, MOST_CHARACTERS))
  return {
    rule,
    result: {
      ...resultOf(record, id, {
        level: obliges ? LEVELS[severity] : 'note',
        message: { text: text.join('\n') },
      }),
      ...(entry === null ? {} : { suppressions: [suppression(entry)] }),
    },
  }
}

/** What was expected is kept among the alerts, and closed. */
function suppression({ reason, issue }: ExpectedFailure): Suppression {
  const where = issue === undefined ? '' : ` (${issue})`
  return { kind: 'external', status: 'accepted', justification: excerpt(`${reason}${where}`, 400) }
}

function gatesTold(record: RunRecord): readonly Told[] {
  return failedGates(record).map(({ scenario, gate }) => ({
    rule: {
      id: 'gate/breached',
      name: 'GateBreached',
      shortDescription: { text: 'A rate passed the limit that it was held against' },
      defaultConfiguration: { level: 'error' },
      properties: { tags: ['reliability'] },
    },
    result: resultOf(record, `gate/breached:${scenario}:${gateText(gate.gate)}`, {
      level: 'error',
      message: {
        text: excerpt(`${gateText(gate.gate)} in ${scenario}: ${gate.because}`, MOST_CHARACTERS),
      },
    }),
  }))
}

function checkTold(check: CheckResult, record: RunRecord): Told {
  const { id, section, because, caseId, expected, seen } = check
  return {
    rule: {
      id: escape(id),
      name: pascal(id),
      shortDescription: { text: excerpt(`${id}: a recommendation of ${section}`, 250) },
      defaultConfiguration: { level: 'warning' },
      properties: { tags: ['conformance', excerpt(section, 100)] },
    },
    result: resultOf(record, `${id}:${caseId}`, {
      level: 'warning',
      message: {
        text: excerpt(`${because} Expected ${expected}, seen ${seen}.`, MOST_CHARACTERS),
      },
    }),
  }
}

/**
 * Code scanning wants a place in the repository: the target's file, or where one would be for a target without. What is
 * found again there by the same fingerprint is the same alert.
 */
function resultOf(
  { target, profile }: RunRecord,
  what: string,
  { level, message }: Required<Pick<Result, 'level' | 'message'>>,
): Result {
  const called = target.called ?? target.name
  const path = /\.ya?ml$/.test(called) ? called : `${called.replaceAll(/[^\w.-]+/g, '-')}.yaml`
  const id = what.startsWith('gate/breached') ? 'gate/breached' : escape(what.split(':')[0] ?? what)
  return {
    ruleId: id,
    level,
    message,
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: encodeURI(excerpt(path, 200)) },
          region: { startLine: 1 },
        },
      },
    ],
    partialFingerprints: { primaryLocationLineHash: fingerprint([what, target.name, profile]) },
  }
}

/** The same for the same texts, as short as those that code scanning makes itself; `1` is the first of its line. */
function fingerprint(texts: readonly string[]): string {
  const hash = createHash('sha256').update(JSON.stringify(texts)).digest('hex')
  return `${hash.slice(0, 16)}:1`
}

/** Such as ReplayAcceptedConcurrently. */
function pascal(id: string): string {
  return id
    .split(/[^A-Za-z0-9]+/)
    .map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`)
    .join('')
}
