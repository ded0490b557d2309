/** The verdict for a page that has room for a word: a badge, and one line of text. */
import { makeBadge } from 'badge-maker'
import type { RunRecord } from '../harness/model/record.ts'
import type { ReportWriter } from '../harness/model/report.ts'
import { excerpt } from './escape.ts'
import { count, plural } from './figures.ts'
import { distinct, headline } from './headline.ts'

export const badge: ReportWriter = {
  name: 'badge',
  title: 'The verdict as a badge',
  file: 'badge.svg',
  render: (record) =>
    makeBadge({
      label: `cupel ${excerpt(record.profile, 30)}`,
      message: badgeText(record),
      color: COLOURS[record.verdict],
      style: 'flat',
    }),
}

export const line: ReportWriter = {
  name: 'line',
  title: 'The verdict in one line',
  file: 'summary-line.txt',
  render: (record) => `${oneLine(record)}\n`,
}

/** Dark enough for the white text on them (4.5 to 1). */
const COLOURS: Readonly<Record<RunRecord['verdict'], string>> = {
  violates: '#b3261e',
  breached: '#b3261e',
  inconclusive: '#7a5900',
  conforms: '#1b6e3c',
}

function badgeText({ verdict, findings }: RunRecord): string {
  const held = findings.filter(({ obliges }) => obliges).length
  return held === 0 ? verdict : `${verdict}: ${plural(held, 'finding')}`
}

/** Verdict, target, what was found and how often, seed and exit code. */
export function oneLine(record: RunRecord): string {
  const { target, profile, verdict, checks, seed, exitCode, generator } = record
  const { failed, falseAccepts, falseRejects } = headline(record)
  const passed = checks.filter((each) => each.verdict === 'pass').length
  const wrong = failed[0] === undefined ? '' : `; ${failed[0]}${more(failed)}`
  const asked = `${count(passed)} of ${count(checks.length)} cases pass, ${plural(distinct(checks, 'fail'), 'check')} failed, ${plural(generator.sent, 'request')}`
  return excerpt(
    `${verdict.toUpperCase()} ${target.name} under ${profile}${wrong}; ${asked}; false accepts: ${falseAccepts.text}; false rejects: ${falseRejects.text}; seed ${seed}, exit ${exitCode}`,
    1_000,
  )
}

function more(all: readonly unknown[]): string {
  return all.length > 1 ? ` and ${plural(all.length - 1, 'other')}` : ''
}
