/** Markdown for `$GITHUB_STEP_SUMMARY`, and wherever else GitHub's Markdown is read. */
import { againOf } from './again.ts'
import type { Rate, RunRecord } from '../harness/model/record.ts'
import type { ReportWriter } from '../harness/model/report.ts'
import type { CheckResult, GuardResult } from '../harness/model/verdict.ts'
import { WORDS } from './expected-text.ts'
import { count, estimate, milliseconds, moment, percent, plural } from './figures.ts'
import { gateText } from './gate-text.ts'
import { headline, ofText, titleOf, toldFindings, type ToldFinding } from './headline.ts'
import { entryName, knownFailures, reasonText } from './known.ts'
import { few, md, rest, table } from './markdown.ts'
import { remedyOf } from './remedies.ts'
import { METRICS, shownRates } from './summary-rates.ts'
import { unmetBesides } from './unmet.ts'

export const stepSummary: ReportWriter = {
  name: 'md',
  title: 'Markdown, for the step summary of GitHub Actions',
  file: 'summary.md',
  render: markdown,
}

const IN = 'the record'

const SIGNS: Readonly<Record<RunRecord['verdict'], string>> = {
  violates: '❌',
  breached: '❌',
  inconclusive: '⚠️',
  conforms: '✅',
}

function markdown(record: RunRecord): string {
  const { target, profile, verdict, seed, exitCode, notes } = record
  const { question, meaning, failed, falseAccepts, falseRejects, next } = headline(record)
  const parts: readonly (readonly string[])[] = [
    [
      `## ${SIGNS[verdict]} ${verdict.toUpperCase()}: ${md(target.name)} under ${md(profile)}`,
      '',
      `**${md(question)}** ${md(meaning)}`,
      '',
      ...table(
        ['', ''],
        [
          [
            'What failed',
            failed.length === 0
              ? 'nothing'
              : failed
                  .slice(0, 5)
                  .map(({ text }) => md(text))
                  .join('<br>'),
          ],
          ['False accepts', md(falseAccepts.text)],
          ['False rejects', md(falseRejects.text)],
          ['What to do', next.map(md).join('<br>')],
        ],
      ),
    ],
    findingLines(record),
    expectedLines(record),
    scenarioLines(record),
    checkLines(record),
    gateLines(record),
    rateLines(record.rates),
    faultLines(record),
    notes.length === 0 ? [] : ['### Notes', '', ...few(notes).map((note) => `- ${md(note)}`)],
    [
      `<sub>${md(`seed ${seed}, exit ${exitCode}, ${plural(record.generator.sent, 'request')}, cupel ${record.tool.version}, ${record.startedAt} to ${record.endedAt}`)}</sub>`,
    ],
  ]
  return parts
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n')
}

function findingLines(record: RunRecord): readonly string[] {
  const all = toldFindings(record)
  if (all.length === 0) return []
  return ['### Findings', '', ...few(all).flatMap(findingText), ...rest(all, IN)]
}

function findingText({ finding, entry }: ToldFinding): readonly string[] {
  const { id, severity, because, obliges, times, witness, spec, cwe, controls } = finding
  const isNew = obliges && entry === null
  const remedy = remedyOf(id)
  const command = againOf(witness)
  const held = !obliges
    ? 'seen, and not held against the target'
    : entry === null
      ? severity
      : `${severity}, expected: ${md(reasonText(entry))}`
  const sources = [...spec, ...(cwe === null ? [] : [cwe]), ...controls]
  return [
    `<details${isNew ? ' open' : ''}><summary><b>${md(id)}</b> (${held}, ${times === 1 ? 'once' : `${count(times)} times`}): ${md(titleOf(finding))}</summary>`,
    '',
    md(because),
    '',
    ...witness.map(
      (step, index) =>
        `${index + 1}. at ${moment(step.begunMs)}${step.node === null ? '' : `, ${md(step.node)}`}: ${md(step.sent)}; ${step.answeredMs === null ? 'never answered' : `answered at ${moment(step.answeredMs)}`}: ${md(step.got)}`,
    ),
    ...(remedy === null ? [] : ['', `**What to do:** ${md(remedy)}`]),
    ...(sources.length === 0 ? [] : ['', md(sources.join('; '))]),
    ...(command === null ? [] : ['', `See it again: <code>${md(command)}</code>`]),
    '',
    '</details>',
    '',
  ]
}

/** What somebody has to do something about stands first. */
function expectedLines({ expectations = [], skipped = [] }: RunRecord): readonly string[] {
  if (expectations.length + skipped.length === 0) return []
  const signs = { stale: '❗', expired: '⌛', undecided: '❔', failed: '☑️' } as const
  const sorted = Object.keys(signs).flatMap((state) =>
    expectations.filter((each) => each.state === state),
  )
  return [
    '### Expected, or left out',
    '',
    ...few(sorted).map(
      ({ entry, state }) =>
        `- ${signs[state]} ${md(entryName(entry))} ${WORDS[state]}: ${md(reasonText(entry))}`,
    ),
    ...few(skipped).map(({ id, reason }) => `- skipped ${md(id)}: ${md(reason)}`),
  ]
}

const ORDER = ['fail', 'inconclusive', 'non-strict'] as const

/** What was not expected comes first. */
function checkLines(record: RunRecord): readonly string[] {
  const { checks } = record
  if (checks.length === 0) return []
  const known = knownFailures(record)
  const isKnown = (check: CheckResult): boolean =>
    check.verdict === 'fail' && known.check(check) !== null
  const told = ORDER.flatMap((verdict) =>
    checks.filter((each) => each.verdict === verdict),
  ).toSorted((a, b) => Number(isKnown(a)) - Number(isKnown(b)))
  const rows = few(told).map((check) => [
    isKnown(check) ? 'fail, expected' : check.verdict,
    md(check.id),
    md(`${check.usage}, ${check.case}`),
    md(check.because),
    md(check.section),
  ])
  return [
    '### Checks',
    '',
    `${countsText(checks)}.`,
    ...(rows.length === 0
      ? []
      : ['', ...table(['', 'check', 'case', 'because', 'section'], rows), ...rest(told, IN)]),
  ]
}

const WORST = ['violates', 'breached', 'inconclusive'] as const

/** What did not end well, with what had to happen and did not; of the others how many there were. */
function scenarioLines(record: RunRecord): readonly string[] {
  const { scenarios } = record
  if (scenarios.length === 0) return []
  const known = knownFailures(record)
  const told = WORST.flatMap((verdict) => scenarios.filter((each) => each.verdict === verdict))
  const rows = few(told).map((each) => [
    each.verdict !== 'inconclusive' && known.scenario(each) !== null
      ? `${each.verdict}, expected`
      : each.verdict,
    md(each.name),
    [each.because, ...unmetBesides(each).map(unmetText)].map(md).join('<br>'),
  ])
  return [
    '### Scenarios',
    '',
    `${countsText(scenarios)}.`,
    ...(rows.length === 0
      ? []
      : ['', ...table(['', 'scenario', 'because'], rows), ...rest(told, IN)]),
  ]
}

function unmetText({ name, seen, needed }: GuardResult): string {
  return `${name}: ${count(seen)} seen, ${count(needed)} needed`
}

function countsText(all: readonly { readonly verdict: string }[]): string {
  return [...Map.groupBy(all, ({ verdict }) => verdict)]
    .map(([verdict, group]) => `${count(group.length)} ${verdict}`)
    .join(', ')
}

function gateLines({ scenarios }: RunRecord): readonly string[] {
  const rows = scenarios.flatMap(({ name, gates }) =>
    gates.map(({ gate, answer, because }) => [md(name), md(gateText(gate)), answer, md(because)]),
  )
  if (rows.length === 0) return []
  return [
    '### Gates',
    '',
    ...table(['scenario', 'gate', '', 'because'], few(rows)),
    ...rest(rows, IN),
  ]
}

function rateLines(rates: readonly Rate[]): readonly string[] {
  const shown = shownRates(rates)
  if (shown.length === 0) return []
  return [
    '### Rates, with 95 % intervals',
    '',
    ...table(
      ['', 'of', 'seen', 'at most', 'coverage', 'unit'],
      few(shown).map((rate) => [
        METRICS[rate.metric],
        md(ofText(rate)),
        md(estimate(rate)),
        md(percent(rate.upper95)),
        md(percent(rate.coverage)),
        rate.unit,
      ]),
    ),
    ...rest(shown, IN),
  ]
}

function faultLines({ faults }: RunRecord): readonly string[] {
  if (faults.length === 0) return []
  const rows = few(faults).map(({ name, on, rung, stages }) => [
    md(name),
    md(on),
    md(rung),
    Object.entries(stages)
      .map(([stage, ms]) => `${stage} ${md(milliseconds(ms))}`)
      .join(', '),
  ])
  return ['### Faults', '', ...table(['fault', 'on', 'by', 'when'], rows)]
}
