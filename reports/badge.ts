/** The verdict for a page that has room for a word: a badge, and one line of text. */
import { makeBadge } from 'badge-maker'
import type { RunRecord } from '../harness/model/record.ts'
import type { ReportWriter } from '../harness/model/report.ts'
import { excerpt } from './escape.ts'
import { count, plural } from './figures.ts'
import { gateText } from './gate-text.ts'
import { distinct, failedGates, headline, newFindings, stale } from './headline.ts'
import { knownFailures } from './known.ts'

export const badge: ReportWriter = {
  name: 'badge',
  title: 'The verdict as a badge',
  file: 'badge.svg',
  render: (record) =>
    drawn(`cupel ${excerpt(record.profile, 30)}`, badgeText(record), toneOf(record)),
}

export const line: ReportWriter = {
  name: 'line',
  title: 'The verdict in one line',
  file: 'summary-line.txt',
  render: (record) => `${oneLine(record)}\n`,
}

/** @param label Is not escaped, nor is the message. */
export function drawn(label: string, message: string, tone: Tone): string {
  return makeBadge({ label, message, color: COLOURS[tone], style: 'flat' })
}

type Tone = 'bad' | 'doubt' | 'good'

/** Dark enough for the white text on them (4.5 to 1). */
const COLOURS: Readonly<Record<Tone, string>> = {
  bad: '#b3261e',
  doubt: '#7a5900',
  good: '#1b6e3c',
}

const TONES: Readonly<Record<RunRecord['verdict'], Tone>> = {
  violates: 'bad',
  breached: 'bad',
  inconclusive: 'doubt',
  conforms: 'good',
}

/** What was all expected is no alarm, and a stale entry is one. */
function toneOf(record: RunRecord): Tone {
  if (stale(record).length > 0) return 'bad'
  return knownFailures(record).all ? 'doubt' : TONES[record.verdict]
}

/** The verdict and what it stands on, what is new first. */
function badgeText(record: RunRecord): string {
  const parts = [
    counted(newFindings(record), 'finding'),
    counted(failedGates(record), 'limit exceeded', 'limits exceeded'),
    counted(stale(record), 'stale entry', 'stale entries'),
    counted(knownFailures(record).entries, 'as expected', 'as expected'),
  ].filter((part) => part !== null)
  return parts.length === 0 ? record.verdict : `${record.verdict}: ${parts.join(', ')}`
}

/** Null of nothing. */
export function counted(all: readonly unknown[], one: string, many = `${one}s`): string | null {
  return all.length === 0 ? null : `${count(all.length)} ${all.length === 1 ? one : many}`
}

/** Verdict, target, what was found and how often, gates, seed and exit code. */
export function oneLine(record: RunRecord): string {
  const { target, profile, verdict, checks, seed, exitCode, generator } = record
  const { failed, falseAccepts, falseRejects } = headline(record)
  const passed = checks.filter((each) => each.verdict === 'pass').length
  const wrong = failed[0] === undefined ? '' : `; ${failed[0].text}${more(failed)}`
  const known = knownFailures(record)
  const expected = known.all
    ? ', all of it expected'
    : known.entries.length === 0
      ? ''
      : `, ${plural(known.entries.length, 'failure')} as expected`
  const asked = `${count(passed)} of ${count(checks.length)} cases pass, ${plural(distinct(checks, 'fail'), 'check')} failed${expected}, ${plural(generator.sent, 'request')}`
  return excerpt(
    `${verdict.toUpperCase()} ${excerpt(target.name, 100)} under ${profile}${excerpt(wrong, 400)}; ${asked}${gatesText(record)}; false accepts: ${falseAccepts.text}; false rejects: ${falseRejects.text}; seed ${seed}, exit ${exitCode}`,
    1_500,
  )
}

/** Each limit with what it was held against, the worst first. */
function gatesText({ scenarios }: RunRecord): string {
  const order = ['failed', 'undecided', 'passed']
  const gates = scenarios
    .flatMap(({ name, gates: own }) => own.map((gate) => ({ name, ...gate })))
    .toSorted((a, b) => order.indexOf(a.answer) - order.indexOf(b.answer))
  const told = gates
    .slice(0, MOST_GATES)
    .map(({ name, gate, answer, because }) => `${gateText(gate)} in ${name} ${answer} (${because})`)
  const others =
    gates.length > MOST_GATES ? ` and ${plural(gates.length - MOST_GATES, 'other')}` : ''
  return told.length === 0 ? '' : excerpt(`; limits: ${told.join(', ')}${others}`, 400)
}

/** A line is a line. */
const MOST_GATES = 3

/** Of a list whose first is told. */
export function more(all: readonly unknown[]): string {
  return all.length > 1 ? ` and ${plural(all.length - 1, 'other')}` : ''
}
