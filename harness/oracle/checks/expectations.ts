/** One row of a check's table against what was seen of it. */
import type { JudgedCase, JudgedCheck, JudgedTarget } from '../../model/judging.ts'
import type { Expectation, Json } from '../../model/plan.ts'
import type { Policy } from '../../model/policy.ts'
import type { CheckLevel, Outcome } from '../../model/verdict.ts'
import { senderLockedOut, vouchForAcceptance, vouchForRefusal, type Controls } from './blocks.ts'
import { faultOf } from '../answers/answer-faults.ts'
import { agreed } from '../deserving/deserves.ts'
import type { Sighting } from '../sighting.ts'
import { gotWords } from '../answers/words.ts'

/** What one row comes to. */
export type RowAnswer =
  | { readonly kind: 'level'; readonly level: CheckLevel; readonly because: string }
  | {
      readonly kind: 'violated'
      readonly finding: string
      readonly because: string
      /** What is wrong with an answer that is right in substance; absent where the substance is wrong. */
      readonly fault?: string
    }

export interface RowContext {
  readonly case: JudgedCase
  readonly policy: Policy
  readonly target: JudgedTarget
  readonly check: JudgedCheck
  readonly controls: Controls
  /** What besides the target may have turned it away, in words; null where nothing may. */
  readonly excuseOf: (refused: Sighting) => string | null
  /** False under a profile that the case's control was not made for: its refusals mean nothing there. */
  readonly asked: boolean
  /** Every step of the case as seen, for what vouches for refusals at places that the control did not go to. */
  readonly siblings: readonly (readonly [Expectation, Sighting | undefined])[]
}

/** The rows that the profile chooses: for each part of each step the first whose `when` agrees with it. */
export function rowsOf(expects: readonly Expectation[], policy: Policy): readonly Expectation[] {
  const chosen = new Map<string, Expectation>()
  for (const row of expects) {
    const place = `${row.step}\n${row.part}`
    if (!chosen.has(place) && agreesWith(row.when, policy)) chosen.set(place, row)
  }
  return [...chosen.values()]
}

/** What the answer means for this row: it may name codes that speak of the credential here though not in general. */
export function outcomeFor(row: Expectation, { outcome, observation }: Sighting): Outcome {
  const { answer } = observation
  if (answer.kind === 'none') return outcome
  // A refusal of the request itself need not be one that OAuth has words for, such as 405.
  if (row.statuses?.includes(answer.status) === true) return 'rejected'
  const named = answer.code !== null && row.errors.includes(answer.code)
  return outcome === 'elsewhere' && named ? 'rejected' : outcome
}

export function judgeRow(
  row: Expectation,
  sighting: Sighting | undefined,
  context: RowContext,
): RowAnswer {
  if (sighting === undefined) return level('inconclusive', 'it was not asked')
  if (!cameAbout(row, context.siblings)) {
    return level(
      'informational',
      `what it rests on was not accepted; ${gotWords(sighting.observation.answer)}`,
    )
  }
  const substance = judgeSubstance(row, sighting, context)
  if (substance.kind === 'violated') return substance
  const right = substance.level === 'pass' || substance.level === 'informational'
  const fault = right ? faultOf(row, sighting, context) : null
  return fault === null ? substance : { kind: 'violated', ...fault }
}

function judgeSubstance(row: Expectation, sighting: Sighting, context: RowContext): RowAnswer {
  const outcome = outcomeFor(row, sighting)
  if (row.deserves === 'either') {
    return level('informational', `${row.because}; ${gotWords(sighting.observation.answer)}`)
  }
  switch (outcome) {
    case 'accepted':
      return ofAcceptance(row, sighting, context)
    case 'rejected':
      return ofRefusal(row, sighting, context)
    case 'elsewhere':
    case 'challenged':
    case 'failed':
    case 'unanswered':
    case 'unsent':
      return level(
        'inconclusive',
        `the answer proves neither: ${gotWords(sighting.observation.answer)}`,
      )
  }
}

/** Whether the step was accepted that this one undoes or rests on: a token that nobody revoked is good still. */
export function cameAbout(
  { onceAccepted }: Expectation,
  siblings: RowContext['siblings'],
): boolean {
  if (onceAccepted === undefined) return true
  return siblings.some(([{ step }, seen]) => step === onceAccepted && seen?.outcome === 'accepted')
}

/** An acceptance stands by itself; no control can explain it away. */
function ofAcceptance(row: Expectation, sighting: Sighting, context: RowContext): RowAnswer {
  const { code } = sighting
  if (row.deserves === 'accept') {
    return code.deserves === 'reject'
      ? level('informational', `accepted, yet ${code.because} (${code.spec})`)
      : level('pass', row.because)
  }
  if (agreed(code, 'reject') !== 'reject') return openAnswer(sighting, 'accepted')
  return { kind: 'violated', finding: context.case.finding, because: row.because }
}

function ofRefusal(row: Expectation, sighting: Sighting, context: RowContext): RowAnswer {
  if (!context.asked) {
    return level('unsupported', 'not asked under this profile, whose control is another one')
  }
  if (row.deserves === 'reject') {
    return vouched(row, sighting, context)
      ? level('pass', row.because)
      : level('inconclusive', notVouched(context.controls))
  }
  if (agreed(sighting.code, 'accept') !== 'accept') return openAnswer(sighting, 'refused')
  if (
    !vouchForAcceptance(context.controls) ||
    !(isControlsPlace(sighting, context) || wasAcceptedThere(row, sighting, context)) ||
    !senderWorks(sighting, context)
  ) {
    return level('inconclusive', 'refused, and no accepted control shows that it should not be')
  }
  const excuse = context.excuseOf(sighting)
  if (excuse !== null) return level('inconclusive', `refused, but ${excuse}`)
  const finding = context.case.refusal ?? 'refusal/valid-refused'
  return { kind: 'violated', finding, because: row.because }
}

/** The rules leave it open whatever the table says. What clocks hide may yet come out; what documents leave open not. */
function openAnswer({ code }: Sighting, what: string): RowAnswer {
  const verdict =
    code.rule === 'time' && code.deserves === 'either' ? 'inconclusive' : 'informational'
  return level(verdict, `${what}, and that is left open: ${code.because} (${code.spec})`)
}

/** The block's controls, and where those did not go a step of the same case that was rightly accepted there. */
function vouched(row: Expectation, sighting: Sighting, context: RowContext): boolean {
  if (!vouchForRefusal(context.controls)) return false
  return (
    isControlsPlace(sighting, context) ||
    context.siblings.some(
      ([each, seen]) =>
        (each.part === row.part || row.part === NOTHING) &&
        each.deserves === 'accept' &&
        seen?.outcome === 'accepted' &&
        seen.observation.endpoint === sighting.observation.endpoint,
    )
  )
}

/**
 * The very thing that was accepted there a moment before, such as a token that nobody has revoked since. That it need not
 * have been says no less of who asked.
 */
function wasAcceptedThere(row: Expectation, sighting: Sighting, { siblings }: RowContext): boolean {
  return siblings.some(
    ([each, seen]) =>
      each.part === row.part &&
      each.deserves !== 'reject' &&
      seen?.outcome === 'accepted' &&
      seen.principal === sighting.principal &&
      seen.toUs <= sighting.fromUs &&
      seen.observation.endpoint === sighting.observation.endpoint,
  )
}

/** The controls are those of the block's party; another is owed acceptance only if it was accepted before and after, too. */
function senderWorks({ principal, fromUs }: Sighting, { controls, siblings }: RowContext): boolean {
  if (controls.before?.principal === principal) return true
  const accepted = siblings.flatMap(([, seen]) =>
    seen?.principal === principal && seen.outcome === 'accepted' ? [seen.fromUs] : [],
  )
  return accepted.some((each) => each < fromUs) && accepted.some((each) => each > fromUs)
}

function notVouched(controls: Controls): string {
  return senderLockedOut(controls)
    ? 'refused, but its sender was locked out after the stimuli: its own control was refused as well'
    : `refused, but a right request beside it was not accepted either${answerTo(controls)}`
}

/** What a control that was not accepted was told: most often it says what is wrong with how the target was set up. */
function answerTo({ before, after }: Controls): string {
  const other = [before, after].find((each) => each !== null && each.outcome !== 'accepted')
  if (other === undefined || other === null) return ''
  const { answer } = other.observation
  const said =
    answer.kind === 'reply' && answer.excerpt !== ''
      ? `, ${JSON.stringify(answer.excerpt.slice(0, SAID_MOST))}`
      : ''
  return `: ${gotWords(answer)}${said}`
}

const SAID_MOST = 100

/** Whether the control was presented as the same thing at the same endpoint; no credential at all is like any other. */
function isControlsPlace(
  { observation, presentation }: Sighting,
  { controls }: RowContext,
): boolean {
  const { before } = controls
  return (
    before?.observation.endpoint === observation.endpoint &&
    (before.presentation.usage === presentation.usage || presentation.part === NOTHING)
  )
}

/** The part that is no credential. */
const NOTHING = 'nothing'

function level(verdict: CheckLevel, because: string): RowAnswer {
  return { kind: 'level', level: verdict, because }
}

function agreesWith(when: Readonly<Record<string, Json>>, policy: Policy): boolean {
  const parameters = new Map<string, unknown>(Object.entries(policy))
  return Object.entries(when).every(([name, value]) => same(parameters.get(name), value))
}

/** Deep equality of plain data, whatever the order of members. */
function same(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b
  const [left, right] = [Object.entries(a), new Map(Object.entries(b))]
  return (
    Array.isArray(a) === Array.isArray(b) &&
    left.length === right.size &&
    left.every(([name, value]) => right.has(name) && same(value, right.get(name)))
  )
}
