/** JUnit XML, as Jenkins, GitLab and the actions of GitHub read it: a suite for each section, a case for each case. */
import { again, againOf } from './again.ts'
import type { ExpectedFailure, MetExpectation, Skip } from '../harness/model/expected.ts'
import type { Finding, RecordedScenario, RunRecord } from '../harness/model/record.ts'
import type { CheckResult } from '../harness/model/verdict.ts'
import type { ReportWriter } from '../harness/model/report.ts'
import { excerpt } from './escape.ts'
import { WORDS } from './expected-text.ts'
import { count, plural } from './figures.ts'
import { gateText } from './gate-text.ts'
import { titleOf } from './headline.ts'
import { entryName, knownFailures, reasonText } from './known.ts'
import { markup, type Markup } from './markup.ts'
import { remedyOf } from './remedies.ts'
import { unmetBesides } from './unmet.ts'

export const junit: ReportWriter = {
  name: 'junit',
  title: 'JUnit XML: each check, scenario, gate and finding as a test case',
  file: 'junit.xml',
  render: junitXml,
}

/** What a test case may end in; `error` says that nothing is known. */
interface Case {
  readonly suite: string
  readonly name: string
  readonly end: 'passed' | 'failure' | 'error' | 'skipped'
  /** The verdict it stands for. */
  readonly type: string
  readonly message: string
  readonly lines: readonly string[]
}

/** Messages are shown in one line by whoever reads them. */
const MOST = 400

function junitXml(record: RunRecord): string {
  const known = knownFailures(record)
  const cases = [
    ...record.checks.map((each) => pardoned(checkCase(each), known.check(each))),
    ...record.scenarios.map((each) => pardoned(scenarioCase(each), known.scenario(each))),
    ...record.scenarios.flatMap((each) =>
      gateCases(each).map((gate) => pardoned(gate, known.scenario(each))),
    ),
    ...record.findings.map((each) => pardoned(findingCase(each), known.finding(each))),
    ...(record.expectations ?? []).flatMap(entryCases),
    ...(record.skipped ?? []).map(skippedCase),
  ]
  const suites = Map.groupBy(cases, ({ suite }) => suite)
  const { source } = markup`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="${`cupel ${excerpt(record.target.name, MOST)}`}"${totals(cases)}>
${[...suites].map(([name, group]) => suiteXml(name, group, record))}</testsuites>
`
  return source
}

function suiteXml(name: string, cases: readonly Case[], record: RunRecord): Markup {
  const properties: readonly (readonly [string, string])[] = [
    ['seed', record.seed],
    ['profile', record.profile],
    ['section', name],
    ['target', record.target.name],
    ['runId', record.runId],
    ['verdict', record.verdict],
  ]
  // Without fractions or a zone: the form that older readers parse.
  const timestamp = record.startedAt.replace(/(?:\.\d+)?Z$/, '')
  return markup`  <testsuite name="${excerpt(name, MOST)}"${totals(cases)} skipped="${number(cases, 'skipped')}" timestamp="${timestamp}">
    <properties>
${properties.map(([key, value]) => markup`      <property name="${key}" value="${excerpt(value, MOST)}"/>\n`)}    </properties>
${cases.map(caseXml)}  </testsuite>
`
}

function totals(cases: readonly Case[]): Markup {
  return markup` tests="${cases.length}" failures="${number(cases, 'failure')}" errors="${number(cases, 'error')}"`
}

function number(cases: readonly Case[], end: Case['end']): number {
  return cases.filter((each) => each.end === end).length
}

function caseXml({ suite, name, end, type, message, lines }: Case): Markup {
  const text = lines.map((line) => markup`${excerpt(line, 2 * MOST)}\n`)
  const open = markup`    <testcase classname="${excerpt(suite, MOST)}" name="${excerpt(name, MOST)}"`
  if (end === 'passed' && lines.length === 0) return markup`${open}/>\n`
  if (end === 'passed') {
    return markup`${open}>
      <system-out>${text}</system-out>
    </testcase>
`
  }
  const how = markup`type="${type}" message="${excerpt(message, MOST)}"`
  const body =
    end === 'skipped'
      ? markup`<skipped ${how}/>`
      : end === 'error'
        ? markup`<error ${how}>${text}</error>`
        : markup`<failure ${how}>${text}</failure>`
  return markup`${open}>
      ${body}
    </testcase>
`
}

const ENDS: Readonly<Record<CheckResult['verdict'], Case['end']>> = {
  pass: 'passed',
  'non-strict': 'passed',
  informational: 'passed',
  fail: 'failure',
  inconclusive: 'error',
  unsupported: 'skipped',
}

function checkCase(check: CheckResult): Case {
  const { id, usage, case: name, caseId, section, level, verdict, because, expected, seen } = check
  const told =
    verdict === 'pass'
      ? []
      : [
          `${verdict}: ${because}`,
          `${level.toUpperCase()}, ${section}`,
          `expected ${expected}; seen ${seen}`,
          again(caseId),
        ]
  return {
    suite: id.split('/').slice(0, 2).join('/'),
    name: `${id} ${usage} ${name}`,
    end: ENDS[verdict],
    type: verdict,
    message: because,
    lines: told,
  }
}

function scenarioCase(scenario: RecordedScenario): Case {
  const { name, question, verdict, because } = scenario
  const ends = {
    violates: 'failure',
    // A gate that failed has a case of its own.
    breached: 'passed',
    inconclusive: 'error',
    unsupported: 'skipped',
    conforms: 'passed',
  } as const
  const told = [
    question,
    `${verdict}: ${because}`,
    ...unmetBesides(scenario).map(
      (guard) => `${guard.name}: ${count(guard.seen)} seen, ${count(guard.needed)} needed`,
    ),
  ]
  const lines = verdict === 'conforms' ? [] : told
  return { suite: 'scenarios', name, end: ends[verdict], type: verdict, message: because, lines }
}

function gateCases({ name, gates }: RecordedScenario): readonly Case[] {
  const ends = { passed: 'passed', failed: 'failure', undecided: 'error' } as const
  return gates.map(({ gate, answer, because }) => ({
    suite: 'gates',
    name: `${name} ${gateText(gate)}`,
    end: ends[answer],
    type: answer === 'failed' ? 'breached' : answer,
    message: because,
    lines: [`gate ${gateText(gate)} in ${name}: ${answer} (${because})`],
  }))
}

/** What was found, those held against the target as failures, with the requests that show it. */
function findingCase(finding: Finding): Case {
  const { id, severity, obliges, because, times, witness, spec, cwe, controls } = finding
  const remedy = remedyOf(id)
  const command = againOf(witness)
  const sources = [...spec, ...(cwe === null ? [] : [cwe]), ...controls]
  return {
    suite: 'findings',
    name: id,
    end: obliges ? 'failure' : 'passed',
    type: severity,
    message: `${titleOf(finding)}: ${because}`,
    lines: [
      `${titleOf(finding)} (${severity}, ${plural(times, 'time')}). ${because}`,
      ...(sources.length === 0 ? [] : [sources.join('; ')]),
      ...witness.map(
        ({ node, begunMs, answeredMs, sent, got }) =>
          `${begunMs.toFixed(3)} ms to ${answeredMs === null ? 'never' : `${answeredMs.toFixed(3)} ms`}${node === null ? '' : ` at ${node}`}: sent ${sent}; got ${got}`,
      ),
      ...(remedy === null ? [] : [`What to do: ${remedy}`]),
      ...(command === null ? [] : [command]),
    ],
  }
}

/** What was expected to fail is told, and fails nothing. */
function pardoned(told: Case, entry: ExpectedFailure | null): Case {
  if (entry === null || told.end !== 'failure') return told
  return {
    ...told,
    end: 'skipped',
    type: 'expected',
    message: `expected: ${reasonText(entry)}. ${told.message}`,
  }
}

/** An entry that fits no longer fails by itself; one that does is told with what it names. */
function entryCases({ entry, state }: MetExpectation): readonly Case[] {
  if (state === 'failed') return []
  const ends = { stale: 'failure', expired: 'passed', undecided: 'skipped' } as const
  const message = `${WORDS[state]} (${entry.reason})`
  const name = entryName(entry)
  return [
    {
      suite: 'expected',
      name,
      end: ends[state],
      type: state,
      message,
      lines: [`${name} ${message}`],
    },
  ]
}

function skippedCase({ id, reason }: Skip): Case {
  return { suite: 'skipped', name: id, end: 'skipped', type: 'skipped', message: reason, lines: [] }
}
