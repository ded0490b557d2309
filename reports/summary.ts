/** What a run came to, for the terminal: the verdict first, the evidence below it, what to do last. */
import type { GateResult, RunRecord } from '../harness/model/record.ts'
import type { CheckLevel, CheckResult, GuardResult, Verdict } from '../harness/model/verdict.ts'
import { told } from './escape.ts'
import { expectationLines } from './expected-text.ts'
import { gateText } from './gate-text.ts'
import { count, plural } from './figures.ts'
import { columns, wrap } from './layout.ts'
import { brushes } from './paint.ts'
import type { Brush } from './paint.ts'
import { curveLines } from './summary-curve.ts'
import { generatorLines } from './summary-generator.ts'
import { worstLines } from './summary-findings.ts'
import { rateLines } from './summary-rates.ts'
import { failureLines, recoveryLines } from './summary-recovery.ts'
import { declarationLines, faultLines } from './summary-target.ts'
import { unmetBesides } from './unmet.ts'

const MOST_CHECKS = 12

/**
 * The terminal's summary of a run. Nothing in it but what the record holds.
 *
 * @param meaning What the record's exit code means, in one sentence.
 */
export function summary(record: RunRecord, paint: boolean, meaning: string | null = null): string {
  const brush = brushes(paint)
  const sections: readonly (readonly [title: string, lines: readonly string[]])[] = [
    ['Checks', checkLines(record, brush)],
    ['Expected, or left out', expectationLines(record)],
    ['Scenarios', scenarioLines(record, brush)],
    ['Rates, with 95 % intervals', rateLines(record.rates, brush)],
    [
      'Seen, and not held against the target',
      worstLines(
        record.findings.filter((each) => !each.obliges),
        brush,
      ),
    ],
    ['Faults', faultLines(record.faults, brush)],
    ['Replays while a fault was in force', failureLines(record.failureModes, brush)],
    ['Back to normal', recoveryLines(record.recovery, brush)],
    ['What the target declares', declarationLines(record.target.declares)],
    ['Under other profiles', profileLines(record, brush)],
    ['How well the harness did its part', generatorLines(record, brush)],
    ['Notes', record.notes.flatMap((note) => bullet(told(note)))],
    // Where a reader's eye is when a run has ended.
    [
      'Findings, the worst first',
      worstLines(
        record.findings.filter((each) => each.obliges),
        brush,
      ),
    ],
  ]
  return [
    ...headLines(record, brush),
    ...sections
      .filter(([, lines]) => lines.length > 0)
      .flatMap(([title, lines]) => ['', brush.bold(title), ...lines]),
    '',
    ...wrap(exitText(record, meaning), ''),
  ].join('\n')
}

function headLines(record: RunRecord, brush: Brush): readonly string[] {
  const { target, seed, profile, generator } = record
  const nodes = target.nodes === 0 ? '' : `, ${plural(target.nodes, 'node')}`
  const shard = record.plan?.shard ?? null
  const facts: readonly (readonly [string, string])[] = [
    ['target', `${told(target.name)} (${target.kind}${nodes})`],
    ['profile', told(profile)],
    ['seed', told(seed)],
    ['asked', `${plural(generator.sent, 'request')}, ${record.startedAt} to ${record.endedAt}`],
    ...(shard === null
      ? []
      : [['shard', `${shard.index} of ${shard.of}; \`cupel merge\` puts them together`] as const]),
  ]
  return [
    `${verdictText(record.verdict, brush)}  ${told(target.name)} under ${told(profile)}`,
    '',
    ...columns(facts.map(([name, text]) => [brush.dim(name), text])),
    ...(record.interrupted === null
      ? []
      : wrap(`Interrupted: ${told(record.interrupted)}`, '  ').map(brush.yellow)),
    ...(record.complete
      ? []
      : wrap(
          `${record.runIds.length > 1 ? 'Not all of the work was merged' : 'The history has no end'}. What was seen stands; what was not seen may have been wrong.`,
          '  ',
        ).map(brush.yellow)),
  ]
}

function checkLines(record: RunRecord, brush: Brush): readonly string[] {
  const { checks } = record
  if (checks.length === 0) return []
  const levels = [...Map.groupBy(checks, (check) => check.verdict)].map(
    ([level, group]) => [level, group.length] as const,
  )
  const sorted = levels.toSorted(([a], [b]) => LEVELS.indexOf(a) - LEVELS.indexOf(b))
  const wrong = checks
    .filter(({ verdict }) => TOLD.includes(verdict))
    .toSorted((a, b) => LEVELS.indexOf(a.verdict) - LEVELS.indexOf(b.verdict))
  const alike = Map.groupBy(wrong, (check) => reasonOf(check))
  const shown = wrong.filter((check) => alike.get(reasonOf(check))?.[0] === check)
  const listed = shown.slice(0, MOST_CHECKS)
  const others = (check: CheckResult): number => (alike.get(reasonOf(check))?.length ?? 1) - 1
  const more = shown.slice(MOST_CHECKS).reduce((sum, check) => sum + 1 + others(check), 0)
  return [
    `  ${sorted.map(([level, number]) => levelBrush(level, brush)(`${number} ${level}`)).join(' · ')}`,
    ...acceptedLines(checks),
    ...listed.flatMap((check) => checkText(check, others(check), brush)),
    ...(more > 0 ? [brush.dim(`  and ${plural(more, 'other')}; all stand in record.json`)] : []),
    ...unsupportedLines(record, brush),
  ]
}

/** What is inconclusive is told once for each reason: a target that was set up wrongly has one for all of them. */
function reasonOf(check: CheckResult): unknown {
  return check.verdict === 'inconclusive' ? check.because : check
}

function checkText(
  { verdict, id, usage, case: name, section, level, because }: CheckResult,
  others: number,
  brush: Brush,
): readonly string[] {
  const indent = ' '.repeat(16)
  return [
    `  ${levelBrush(verdict, brush)(verdict.padEnd(13))} ${told(id)}  ${brush.dim(told(`${usage}, ${name}`))}`,
    ...wrap(`${told(because)} (${level.toUpperCase()}, ${told(section)})`, indent),
    ...(others > 0
      ? [brush.dim(`${indent}and ${plural(others, 'other')} for the same reason`)]
      : []),
  ]
}

/** Of what a check was sent that must be refused, and by document where some of it was not. */
function acceptedLines(checks: RunRecord['checks']): readonly string[] {
  const counted = checks.filter(({ level }) => BINDING.has(level))
  const all = sumOf(counted)
  if (all.decided === 0) return []
  const documents = [...Map.groupBy(counted, ({ id }) => id.split('/')[0] ?? '')]
    .map(([name, group]) => ({ name, ...sumOf(group) }))
    .filter(({ accepted }) => accepted > 0)
    .map(({ name, accepted, decided }) => `${escape(name)} ${accepted} of ${decided}`)
  return wrap(
    `accepted of what must be refused: ${count(all.accepted)} of ${plural(all.decided, 'request')}${documents.length === 0 ? '' : `; ${documents.join(', ')}`}`,
    '  ',
  )
}

const BINDING: ReadonlySet<RunRecord['checks'][number]['level']> = new Set([
  'must',
  'derived',
  'stated',
])

function sumOf(checks: RunRecord['checks']) {
  const counts = checks.flatMap(({ toRefuse }) => toRefuse ?? [])
  return {
    decided: counts.reduce((sum, { decided }) => sum + decided, 0),
    accepted: counts.reduce((sum, { accepted }) => sum + accepted, 0),
  }
}

/** What may be wrong. Passes and mere information are counted, and stand in the record. */
const TOLD: readonly CheckLevel[] = ['fail', 'inconclusive', 'non-strict']

/** Why checks were not asked, each reason once. */
function unsupportedLines({ checks }: RunRecord, brush: Brush): readonly string[] {
  const reasons = Map.groupBy(
    checks.filter(({ verdict }) => verdict === 'unsupported'),
    ({ because }) => because,
  )
  return [...reasons].flatMap(([because, group]) =>
    wrap(`${plural(group.length, 'case')} unsupported: ${told(because)}`, '  ').map(brush.dim),
  )
}

const LEVELS: readonly CheckLevel[] = [
  'fail',
  'inconclusive',
  'non-strict',
  'informational',
  'unsupported',
  'pass',
]

function levelBrush(level: CheckLevel, brush: Brush): (text: string) => string {
  switch (level) {
    case 'fail':
      return brush.red
    case 'inconclusive':
    case 'non-strict':
      return brush.yellow
    case 'pass':
      return brush.green
    case 'informational':
    case 'unsupported':
      return brush.dim
  }
}

function scenarioLines({ scenarios }: RunRecord, brush: Brush): readonly string[] {
  return scenarios.flatMap((each) => [
    `  ${verdictBrush(each.verdict, brush)(each.verdict.padEnd(13))} ${brush.bold(told(each.name))}`,
    ...(each.verdict === 'violates' || each.verdict === 'breached'
      ? wrap(told(each.question), INDENT).map(brush.dim)
      : []),
    ...wrap(told(each.because), INDENT),
    ...curveLines(each.conclusion, brush),
    // What had to happen is told where it did not; the record has all of it.
    ...(each.verdict === 'unsupported'
      ? []
      : unmetBesides(each).flatMap((guard) => unmetLines(guard, brush))),
    ...each.gates.map((gate) => gateLine(gate, brush)),
  ])
}

function unmetLines({ name, seen, needed }: GuardResult, brush: Brush): readonly string[] {
  return wrap(`${told(name)}: ${count(seen)} seen, ${count(needed)} needed`, INDENT).map(
    brush.yellow,
  )
}

function gateLine({ gate, answer, because }: GateResult, brush: Brush): string {
  const text = `${INDENT}gate ${told(gateText(gate))}: ${answer} (${told(because)})`
  if (answer === 'failed') return brush.red(text)
  return answer === 'passed' ? brush.dim(text) : brush.yellow(text)
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

function exitText(record: RunRecord, meaning: string | null): string {
  const { seed, exitCode, verdict } = record
  const isExcused = exitCode === 0 && verdict !== 'conforms'
  const words = isExcused ? 'All that failed was expected.' : meaning
  return `seed ${told(seed)} · exit ${exitCode}${words === null ? '' : `: ${words}`}`
}

function bullet(text: string): readonly string[] {
  return wrap(text, '    ').map((line, index) => (index === 0 ? `  - ${line.trimStart()}` : line))
}
