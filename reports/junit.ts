/** A run as JUnit XML: a suite for each section, a case for each case. */
import { again } from './again.ts'
import type { ExpectedFailure, MetExpectation, Skip } from '../harness/model/expected.ts'
import type { RecordedScenario, RunRecord } from '../harness/model/record.ts'
import type { CheckResult } from '../harness/model/verdict.ts'
import type { ReportWriter } from '../harness/model/report.ts'
import { WORDS } from './expected-text.ts'
import { count } from './figures.ts'
import { gateText } from './gate-text.ts'
import { findingCase, placeOf } from './junit-cases.ts'
import { junitXml, type Case } from './junit-xml.ts'
import { entryName, knownFailures, reasonText } from './known.ts'
import { unmetBesides } from './unmet.ts'

export const junit: ReportWriter = {
  name: 'junit',
  title: 'JUnit XML: each check, scenario, gate and finding as a test case',
  file: 'junit.xml',
  render,
}

function render(record: RunRecord): string {
  const known = knownFailures(record)
  return junitXml({
    name: `cupel ${record.target.name}`,
    cases: [
      ...record.checks.map((each) => pardoned(checkCase(each), known.check(each))),
      ...record.scenarios.map((each) => pardoned(scenarioCase(each), known.scenario(each))),
      ...record.scenarios.flatMap((each) =>
        gateCases(each).map((gate) => pardoned(gate, known.scenario(each))),
      ),
      ...record.findings.map((each) => pardoned(findingCase(each), known.finding(each))),
      ...(record.expectations ?? []).flatMap(entryCases),
      ...(record.skipped ?? []).map(skippedCase),
    ],
    properties: [
      ['seed', record.seed],
      ['profile', record.profile],
      ['target', record.target.name],
      ['runId', record.runId],
      ['verdict', record.verdict],
    ],
    startedAt: record.startedAt,
  })
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
  const { caseId, section, level, verdict, because, expected, seen } = check
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
    ...placeOf(check),
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
