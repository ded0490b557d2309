/** Markdown for `$GITHUB_STEP_SUMMARY`, and wherever else GitHub's Markdown is read. */
import { againOf } from './again.ts'
import type { Finding, Rate, RunRecord } from '../harness/model/record.ts'
import type { ReportWriter } from '../harness/model/report.ts'
import { WORDS } from './expected-text.ts'
import { count, estimate, milliseconds, percent, plural } from './figures.ts'
import { gateText } from './gate-text.ts'
import { byGravity, headline, ofText, titleOf } from './headline.ts'
import { entryName } from './known.ts'
import { few, md, rest, table } from './markdown.ts'
import { remedyOf } from './remedies.ts'
import { METRICS, shownRates } from './summary-rates.ts'

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
            failed.length === 0 ? 'nothing' : failed.slice(0, 5).map(md).join('<br>'),
          ],
          ['False accepts', md(falseAccepts.text)],
          ['False rejects', md(falseRejects.text)],
          ['What to do', next.map(md).join('<br>')],
        ],
      ),
    ],
    findingLines(record.findings),
    expectedLines(record),
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

function findingLines(findings: readonly Finding[]): readonly string[] {
  if (findings.length === 0) return []
  return ['### Findings', '', ...few(byGravity(findings)).flatMap(findingText)]
}

function findingText(finding: Finding): readonly string[] {
  const { id, severity, because, obliges, times, witness, spec, cwe, controls } = finding
  const remedy = remedyOf(id)
  const command = againOf(witness)
  const held = obliges ? severity : 'seen, and not held against the target'
  const sources = [...spec, ...(cwe === null ? [] : [cwe]), ...controls]
  return [
    `<details${obliges ? ' open' : ''}><summary><b>${md(id)}</b> (${held}, ${times === 1 ? 'once' : `${count(times)} times`}): ${md(titleOf(finding))}</summary>`,
    '',
    md(because),
    '',
    ...witness.map(
      (step, index) =>
        `${index + 1}. at ${md(milliseconds(step.begunMs))}${step.node === null ? '' : `, ${md(step.node)}`}: ${md(step.sent)}; ${step.answeredMs === null ? 'never answered' : `answered at ${md(milliseconds(step.answeredMs))}`}: ${md(step.got)}`,
    ),
    ...(remedy === null ? [] : ['', `**What to do:** ${md(remedy)}`]),
    ...(sources.length === 0 ? [] : ['', md(sources.join('; '))]),
    ...(command === null ? [] : ['', `See it again: ${md(command)}`]),
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
        `- ${signs[state]} ${md(entryName(entry))} ${WORDS[state]}: ${md(entry.reason)}${entry.issue === undefined ? '' : ` (${md(entry.issue)})`}`,
    ),
    ...few(skipped).map(({ id, reason }) => `- skipped ${md(id)}: ${md(reason)}`),
  ]
}

const ORDER = ['fail', 'inconclusive', 'non-strict'] as const

function checkLines({ checks }: RunRecord): readonly string[] {
  if (checks.length === 0) return []
  const counts = [...Map.groupBy(checks, ({ verdict }) => verdict)]
    .map(([verdict, group]) => `${count(group.length)} ${verdict}`)
    .join(', ')
  const told = ORDER.flatMap((verdict) => checks.filter((each) => each.verdict === verdict))
  return [
    '### Checks',
    '',
    `${counts}.`,
    ...(told.length === 0
      ? []
      : [
          '',
          ...table(
            ['', 'check', 'case', 'because', 'section'],
            few(told).map(({ verdict, id, usage, case: name, because, section }) => [
              verdict,
              md(id),
              md(`${usage}, ${name}`),
              md(because),
              md(section),
            ]),
          ),
          ...rest(told, IN),
        ]),
  ]
}

function gateLines({ scenarios }: RunRecord): readonly string[] {
  const rows = scenarios.flatMap(({ name, gates }) =>
    gates.map(({ gate, answer, because }) => [md(name), md(gateText(gate)), answer, md(because)]),
  )
  if (rows.length === 0) return []
  return ['### Gates', '', ...table(['scenario', 'gate', '', 'because'], few(rows))]
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
