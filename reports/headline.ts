/** What a reader must know first, in every form: the verdict, what failed, how often, what to do. */
import { againOf } from './again.ts'
import { FINDINGS } from '../harness/findings.ts'
import type { ExpectedFailure } from '../harness/model/expected.ts'
import type { Finding, GateResult, Rate, RunRecord } from '../harness/model/record.ts'
import type { CheckResult, Verdict } from '../harness/model/verdict.ts'
import { count, estimate, percent, plural } from './figures.ts'
import { gateText } from './gate-text.ts'
import { entryName, knownFailures } from './known.ts'
import { remedyOf } from './remedies.ts'

export interface Headline {
  readonly verdict: RunRecord['verdict']
  readonly question: string
  /** The verdict as a sentence. */
  readonly meaning: string
  /** What failed and was not expected to, the worst first; at its head what was expected and did not, behind it what did. */
  readonly failed: readonly Failed[]
  readonly falseAccepts: Often
  readonly falseRejects: Often
  /** What to do next, in sentences. */
  readonly next: readonly string[]
}

export interface Failed {
  readonly text: string
  /** What was found, where it is that. */
  readonly finding: Finding | null
}

/** The worst rate that the target can be held to. */
export interface Often {
  /** The share alone, such as `60.0 %`; `none` where nothing was seen. */
  readonly figure: string
  /** With counts, interval and of what. */
  readonly text: string
  /** What the figure is of, for a bar of its interval; null where nothing was measured. */
  readonly rate: Rate | null
}

/** The few lines that every report begins with. */
export function headline(record: RunRecord): Headline {
  return {
    verdict: record.verdict,
    question: `Does ${record.target.name} accept what it must refuse, or refuse what it must accept?`,
    meaning: meaningOf(record),
    failed: failedOf(record),
    falseAccepts: worstOf(record.rates, 'far'),
    falseRejects: worstOf(record.rates, 'frr'),
    next: nextOf(record),
  }
}

const SEVERITIES: readonly Finding['severity'][] = ['high', 'medium', 'low', 'info']

/** Findings, those held against the target and the gravest first. */
export function byGravity(findings: readonly Finding[]): readonly Finding[] {
  return findings.toSorted(
    (a, b) =>
      Number(b.obliges) - Number(a.obliges) ||
      SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
      b.times - a.times,
  )
}

/** A finding as a reader wants them sorted, and the entry that expected it. */
export interface ToldFinding {
  readonly finding: Finding
  readonly entry: ExpectedFailure | null
}

/** Those that nobody expected first, then those that somebody did; what is not held against the target last. */
export function toldFindings(record: RunRecord): readonly ToldFinding[] {
  const known = knownFailures(record)
  const rank = ({ finding, entry }: ToldFinding): number =>
    finding.obliges ? (entry === null ? 0 : 1) : 2
  return byGravity(record.findings)
    .map((finding) => ({ finding, entry: finding.obliges ? known.finding(finding) : null }))
    .toSorted((a, b) => rank(a) - rank(b))
}

/** What is held against the target and was not expected, the gravest first. */
export function newFindings(record: RunRecord): readonly Finding[] {
  return toldFindings(record)
    .filter(({ finding, entry }) => finding.obliges && entry === null)
    .map(({ finding }) => finding)
}

/** What a finding is called: its catalogue's sentence, or its id where this version does not know it. */
export function titleOf({ id }: Pick<Finding, 'id'>): string {
  return FINDINGS.get(id)?.title ?? id
}

/** What a verdict of a run means, in words that do not need the standards. */
const MEANINGS: Readonly<Record<Exclude<Verdict, 'unsupported'>, string>> = {
  violates: 'At least one answer was wrong, and nothing that was seen excuses it.',
  breached: 'Nothing was proved wrong in itself, but a rate passed its limit.',
  inconclusive: 'Nothing wrong was proved, and nothing right either: too little was seen to say.',
  conforms: 'Enough was seen, and all of it was right.',
}

function meaningOf(record: RunRecord): string {
  const { verdict, interrupted, complete } = record
  const { all } = knownFailures(record)
  const excused = all ? ' All that failed was expected.' : ''
  const early = interrupted === null ? '' : ` The run ended early: ${interrupted}.`
  const part = complete || interrupted !== null ? '' : ' The record is not of a whole run.'
  return `${MEANINGS[verdict]}${excused}${early}${part}`
}

/** Gates that failed, with the scenario that each belongs to. */
export function failedGates({ scenarios }: Pick<RunRecord, 'scenarios'>): readonly {
  readonly scenario: string
  readonly gate: GateResult
}[] {
  return scenarios.flatMap(({ name, gates }) =>
    gates.filter(({ answer }) => answer === 'failed').map((gate) => ({ scenario: name, gate })),
  )
}

function failedOf(record: RunRecord): readonly Failed[] {
  const known = knownFailures(record)
  const failing = distinct(
    record.checks.filter((each) => known.check(each) === null),
    'fail',
  )
  const expected = known.entries.length
  const gone = stale(record)
  const without = (text: string): Failed => ({ text, finding: null })
  return [
    ...(gone.length === 0
      ? []
      : [without(`Expected to fail, and does not: ${listed(gone, MOST_NAMED)}`)]),
    ...newFindings(record).map((finding) => ({
      text: `${titleOf(finding)} (${finding.times === 1 ? 'once' : `${count(finding.times)} times`})`,
      finding,
    })),
    ...failedGates(record)
      .filter(({ scenario }) => known.scenario({ name: scenario }) === null)
      .map(({ scenario, gate }) =>
        without(`Limit exceeded in ${scenario}: ${gateText(gate.gate)}, and ${gate.because}`),
      ),
    ...(failing === 0 ? [] : [without(`${plural(failing, 'check')} failed`)]),
    ...(expected === 0 ? [] : [without(`${plural(expected, 'failure')} as expected`)]),
  ]
}

const MOST_NAMED = 5

function listed(names: readonly string[], most: number): string {
  const more = names.length > most ? ` and ${plural(names.length - most, 'other')}` : ''
  return `${names.slice(0, most).join(', ')}${more}`
}

/** Entries of expected failures that have to be taken out. */
export function stale({ expectations = [] }: RunRecord): readonly string[] {
  return expectations.filter(({ state }) => state === 'stale').map(({ entry }) => entryName(entry))
}

/** How many checks, of whatever cases, have this verdict. */
export function distinct(checks: readonly CheckResult[], verdict: CheckResult['verdict']): number {
  return new Set(checks.filter((each) => each.verdict === verdict).map(({ id }) => id)).size
}

/**
 * The worst rate that the target can be held to: by its own clock and reach where a fault took those from it. How it looked
 * from outside meanwhile is told behind it, where that was worse.
 */
function worstOf(rates: readonly Rate[], metric: 'far' | 'frr'): Often {
  const known = rates.filter(
    (rate) =>
      rate.metric === metric &&
      rate.node === null &&
      rate.phase !== 'transition' &&
      rate.trials > 0 &&
      // Of honest traffic only a rejection can be false, but where an assertion ended on its way.
      (metric === 'frr' || rate.attack !== null || rate.events > 0),
  )
  const excused = new Set(known.filter(({ frame }) => frame === 'code').map(placeOf))
  const held = known.filter((rate) => rate.frame === 'code' || !excused.has(placeOf(rate)))
  const most = worst(held)
  if (most === undefined) return { figure: 'unknown', text: 'nothing was measured', rate: null }
  const figure = most.events === 0 ? 'none' : percent(most.events / most.trials)
  const outside = worst(
    known.filter((rate) => rate.frame === 'world' && excused.has(placeOf(rate))),
  )
  const told = worstText(held, most)
  const rate = most.events > 0 ? most : (bestKnown(held) ?? most)
  if (outside === undefined || outside.events === 0) return { figure, text: told, rate }
  return {
    figure,
    rate,
    text: `${told}. Seen from outside while a fault was in force: ${estimate(outside)} of ${ofText(outside)}`,
  }
}

function placeOf({ scenario, attack, phase }: Rate): string {
  return JSON.stringify([scenario, attack, phase])
}

function worst(rates: readonly Rate[]): Rate | undefined {
  return rates.toSorted((a, b) => b.events / b.trials - a.events / a.trials)[0]
}

function worstText(held: readonly Rate[], most: Rate): string {
  if (most.events > 0) return `${estimate(most)} of ${ofText(most)}`
  const trials = held.reduce((sum, rate) => sum + rate.trials, 0)
  const best = bestKnown(held) ?? most
  return `none of ${count(trials)}; most is known of ${ofText(best)}: at most ${percent(best.upper95)} at 95 %`
}

/** Of rates without an event that with the lowest bound. */
function bestKnown(rates: readonly Rate[]): Rate | undefined {
  return rates.toSorted((a, b) => a.upper95 - b.upper95)[0]
}

/** What a rate is of, such as `replay in partitioned-cache (during)`. */
export function ofText({ attack, scenario, phase, node, frame }: Rate): string {
  const more = [
    phase === 'steady' ? null : phase,
    node,
    frame === 'code' ? 'by its own clock' : null,
  ]
  const told = more.filter((each) => each !== null).join(', ')
  return `${attack ?? 'honest requests'} in ${scenario}${told === '' ? '' : ` (${told})`}`
}

function nextOf(record: RunRecord): readonly string[] {
  const held = newFindings(record)
  const advice = new Set(held.map(({ id }) => remedyOf(id)).filter((each) => each !== null))
  const [first] = held.flatMap(({ witness }) => againOf(witness) ?? [])
  const gone =
    stale(record).length > 0 ? ['Take what fails no longer out of the expected failures.'] : []
  if (knownFailures(record).all) return ['Nothing new. What was expected is told with its reasons.']
  if (held.length > 0) {
    return [
      ...gone,
      ...[...advice].slice(0, 2),
      ...(first === undefined ? [] : [`See it again: ${first}`]),
    ]
  }
  if (gone.length > 0) return gone
  switch (record.verdict) {
    case 'violates':
      return ['Read the checks that failed: each says what was expected and what was seen.']
    case 'breached':
      return [
        'Compare the rate with the faults that were in force, then ask more with --repeat, or mend the server.',
      ]
    case 'inconclusive':
      return [
        ...record.scenarios
          .filter((each) => each.verdict === 'inconclusive')
          .slice(0, 2)
          .map(({ name, because }) => `${name} could not say: ${because}`),
        'Ask more with --repeat, or mend what was missing: each scenario says what it needed.',
      ]
    case 'conforms':
      return ['Nothing. For a release hold the rates against a limit: --gate and --repeat.']
  }
}
