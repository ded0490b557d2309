/** What a run came to, for the terminal: the verdict first, the evidence below it, what to do last. */
import type { Finding, GateResult, RunRecord } from '../harness/model/record.ts'
import type { GuardResult, Verdict } from '../harness/model/verdict.ts'
import { fact, factLines } from './facts.ts'
import { timesText } from './times.ts'
import { told } from './escape.ts'
import { expectationLines } from './expected-text.ts'
import { gateText } from './gate-text.ts'
import { count, plural } from './figures.ts'
import { headline, newFindings, toldFindings, type ToldFinding } from './headline.ts'
import { knownFailures } from './known.ts'
import { columns, wrap } from './layout.ts'
import { brushes, type Brush } from './paint.ts'
import { checkLines } from './summary-checks.ts'
import { curveLines } from './summary-curve.ts'
import { generatorLines } from './summary-generator.ts'
import { worstLines } from './summary-findings.ts'
import { rateLines } from './summary-rates.ts'
import { failureLines, recoveryLines } from './summary-recovery.ts'
import { declarationLines, faultLines } from './summary-target.ts'
import { unmetBesides } from './unmet.ts'

export interface SummaryOptions {
  readonly paint?: boolean
  /** How wide the terminal is; undefined where nobody knows. */
  readonly columns?: number | undefined
  /** What the record's exit code means, in one sentence. */
  readonly meaning?: string | null
}

/** The terminal's summary of a run. Nothing in it but what the record holds. */
export function summary(record: RunRecord, options: SummaryOptions = {}): string {
  const { paint = false, columns: known, meaning = null } = options
  const brush = brushes(paint, known)
  return [
    ...headLines(record, brush),
    ...sectionsOf(record, brush)
      .filter(([, lines]) => lines.length > 0)
      .flatMap(([title, lines]) => ['', brush.bold(title), ...lines]),
    '',
    ...wrap(exitText(record, meaning), '', { ...brush, hang: 2 }),
  ].join('\n')
}

type Section = readonly [title: string, lines: readonly string[]]

function sectionsOf(record: RunRecord, brush: Brush): readonly Section[] {
  const found = toldFindings(record)
  const of = (isIt: (each: ToldFinding) => boolean): readonly Finding[] =>
    found.filter(isIt).map(({ finding }) => finding)
  return [
    ['Checks', checkLines(record, brush)],
    ['Expected, or left out', expectationLines(record, brush)],
    ['Scenarios', scenarioLines(record, brush)],
    ['Rates, with 95 % intervals', rateLines(record.rates, brush)],
    [
      'Seen, and not held against the target',
      worstLines(
        of(({ finding }) => !finding.obliges),
        brush,
        1,
      ),
    ],
    ['Faults', faultLines(record.faults, brush)],
    ['Replays while a fault was in force', failureLines(record.failureModes, brush)],
    ['Back to normal', recoveryLines(record.recovery, brush)],
    ['What the target declares', declarationLines(record.target.declares, brush)],
    ['Under other profiles', profileLines(record, brush)],
    ['How well the harness did its part', generatorLines(record, brush)],
    ['Notes', record.notes.flatMap((note) => bullet(told(note), brush))],
    [
      'Found as expected',
      worstLines(
        of(({ entry }) => entry !== null),
        brush,
        0,
      ),
    ],
    // Where a reader's eye is when a run has ended.
    ['Findings, the worst first', worstLines(newFindings(record), brush)],
    ['In short', closingLines(record, brush)],
  ]
}

function headLines(record: RunRecord, brush: Brush): readonly string[] {
  const { target, seed, profile, generator } = record
  const nodes = target.nodes === 0 ? '' : `, ${plural(target.nodes, 'node')}`
  const shard = record.plan?.shard ?? null
  const times = timesText(record.startedAt, record.endedAt)
  const facts = [
    fact('target', `${told(target.name)} (${target.kind}${nodes})`),
    fact('profile', told(profile)),
    fact('seed', told(seed)),
    fact('asked', `${plural(generator.sent, 'request')}, ${times}`),
    ...(shard === null
      ? []
      : [fact('shard', `${shard.index} of ${shard.of}; \`cupel merge\` puts them together`)]),
  ]
  return [
    `${verdictText(record.verdict, brush)}  ${told(target.name)} under ${told(profile)}`,
    '',
    ...factLines(facts, brush),
    ...(record.interrupted === null
      ? []
      : wrap(`Interrupted: ${told(record.interrupted)}`, '  ', brush).map(brush.yellow)),
    ...(record.complete
      ? []
      : wrap(
          `${record.runIds.length > 1 ? 'Not all of the work was merged' : 'The history has no end'}. What was seen stands; what was not seen may have been wrong.`,
          '  ',
          brush,
        ).map(brush.yellow)),
  ]
}

function scenarioLines(record: RunRecord, brush: Brush): readonly string[] {
  const known = knownFailures(record)
  return record.scenarios.flatMap((each) => {
    const failed = each.verdict === 'violates' || each.verdict === 'breached'
    const expected = failed && known.scenario(each) !== null ? brush.dim('  expected') : ''
    return [
      `  ${verdictBrush(each.verdict, brush)(each.verdict.padEnd(13))} ${brush.bold(told(each.name))}${expected}`,
      ...(failed ? wrap(told(each.question), INDENT, brush).map(brush.dim) : []),
      ...wrap(told(each.because), INDENT, brush),
      ...curveLines(each.conclusion, brush),
      // What had to happen is told where it did not; the record has all of it.
      ...(each.verdict === 'unsupported'
        ? []
        : unmetBesides(each).flatMap((guard) => unmetLines(guard, brush))),
      ...each.gates.flatMap((gate) => gateLines(gate, brush)),
    ]
  })
}

function unmetLines({ name, seen, needed }: GuardResult, brush: Brush): readonly string[] {
  return wrap(`${told(name)}: ${count(seen)} seen, ${count(needed)} needed`, INDENT, brush).map(
    brush.yellow,
  )
}

function gateLines({ gate, answer, because }: GateResult, brush: Brush): readonly string[] {
  const text = `gate ${told(gateText(gate))}: ${answer} (${told(because)})`
  const paint = { failed: brush.red, passed: brush.dim, undecided: brush.yellow }[answer]
  return wrap(text, INDENT, { ...brush, hang: 2 }).map(paint)
}

const INDENT = ' '.repeat(16)

function verdictText(verdict: Verdict, brush: Brush): string {
  return brush.bold(verdictBrush(verdict, brush)(verdict.toUpperCase()))
}

function verdictBrush(verdict: Verdict, brush: Brush): (text: string) => string {
  switch (verdict) {
    case 'violates':
    case 'breached':
      return brush.red
    case 'inconclusive':
      return brush.yellow
    case 'conforms':
      return brush.green
    case 'unsupported':
      return brush.dim
  }
}

function profileLines({ profiles }: RunRecord, brush: Brush): readonly string[] {
  return profiles.flatMap(({ profile, verdict, checks, findings, changes }) => {
    const failed = checks.filter((check) => check.verdict === 'fail').length
    const figures = `${plural(failed, 'check')} failed, ${plural(findings.length, 'finding')}`
    return [
      ...columns([[told(profile), verdictBrush(verdict, brush)(verdict), figures]]),
      ...changes.map(({ caseId, change }) => `    ${change.padEnd(20)} ${told(caseId)}`),
    ]
  })
}

/** What a reader must know, once more where the text ends: a terminal has scrolled its beginning away. */
function closingLines(record: RunRecord, brush: Brush): readonly string[] {
  const { failed, falseAccepts, falseRejects, next } = headline(record)
  const few = failed.slice(0, MOST_FAILED).map(({ text }) => text)
  const more =
    failed.length > MOST_FAILED ? [`and ${plural(failed.length - MOST_FAILED, 'other')}`] : []
  const facts = [
    fact('verdict', `${record.verdict} (${record.target.name} under ${record.profile})`),
    fact('what failed', ...(failed.length === 0 ? ['nothing'] : [...few, ...more])),
    fact('false accepts', falseAccepts.text),
    fact('false rejects', falseRejects.text),
    fact('what to do', ...next),
  ]
  return factLines(
    facts.map(({ name, lines }) => ({ name, lines: lines.map(told) })),
    brush,
  )
}

const MOST_FAILED = 3

function exitText(record: RunRecord, meaning: string | null): string {
  const { seed, exitCode, verdict } = record
  const isExcused = exitCode === 0 && verdict !== 'conforms'
  const words = isExcused ? 'All that failed was expected.' : meaning
  return `seed ${told(seed)} · exit ${exitCode}${words === null ? '' : `: ${words}`}`
}

function bullet(text: string, brush: Brush): readonly string[] {
  return wrap(text, '    ', brush).map((line, index) =>
    index === 0 ? `  - ${line.trimStart()}` : line,
  )
}
