/** What the checks came to, for the terminal: counts, what may be wrong, and what was not asked. */
import type { RunRecord } from '../harness/model/record.ts'
import type { CheckLevel, CheckResult } from '../harness/model/verdict.ts'
import { told } from './escape.ts'
import { count, plural } from './figures.ts'
import { knownFailures } from './known.ts'
import { wrap } from './layout.ts'
import type { Brush } from './paint.ts'
import { unsupportedLines } from './summary-unsupported.ts'

const MOST_CHECKS = 12

/** Each level with its number, what may be wrong in full, and what the target could not be asked. */
export function checkLines(record: RunRecord, brush: Brush): readonly string[] {
  const { checks } = record
  if (checks.length === 0) return []
  const levels = [...Map.groupBy(checks, (check) => check.verdict)].map(
    ([level, group]) => [level, group.length] as const,
  )
  const sorted = levels.toSorted(([a], [b]) => LEVELS.indexOf(a) - LEVELS.indexOf(b))
  const known = knownFailures(record)
  const expected = checks.filter((each) => each.verdict === 'fail' && known.check(each) !== null)
  const wrong = checks
    .filter((each) => TOLD.includes(each.verdict) && !expected.includes(each))
    .toSorted((a, b) => LEVELS.indexOf(a.verdict) - LEVELS.indexOf(b.verdict))
  const alike = Map.groupBy(wrong, (check) => reasonOf(check))
  const shown = wrong.filter((check) => alike.get(reasonOf(check))?.[0] === check)
  const listed = shown.slice(0, MOST_CHECKS)
  const others = (check: CheckResult): number => (alike.get(reasonOf(check))?.length ?? 1) - 1
  const more = shown.slice(MOST_CHECKS).reduce((sum, check) => sum + 1 + others(check), 0)
  return [
    `  ${sorted.map(([level, number]) => levelBrush(level, brush)(`${number} ${level}`)).join(' · ')}`,
    ...acceptedLines(checks, brush),
    ...(expected.length === 0
      ? []
      : [brush.dim(`  ${plural(expected.length, 'case')} failed as expected, told below`)]),
    ...listed.flatMap((check) => checkText(check, others(check), brush)),
    ...(more > 0 ? [brush.dim(`  and ${plural(more, 'other')}; all stand in record.json`)] : []),
    ...unsupportedLines(checks, brush),
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
    ...wrap(`${told(because)} (${level.toUpperCase()}, ${told(section)})`, indent, brush),
    ...(others > 0
      ? [brush.dim(`${indent}and ${plural(others, 'other')} for the same reason`)]
      : []),
  ]
}

/** Of what a check was sent that must be refused, and by document where some of it was not. */
function acceptedLines(checks: RunRecord['checks'], brush: Brush): readonly string[] {
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
    { ...brush, hang: 2 },
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
