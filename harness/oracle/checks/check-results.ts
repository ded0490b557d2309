/** How the results of checks read. */
import type { JudgedCheck } from '../../model/judging.ts'
import type { Expectation } from '../../model/plan.ts'
import type { CheckLevel, CheckResult } from '../../model/verdict.ts'
import { agreed } from '../deserving/deserves.ts'
import { cameAbout, outcomeFor, type RowContext } from './expectations.ts'
import { gotWords } from '../answers/words.ts'

/** What a case or one of its rows comes to. */
export interface Levelled {
  readonly verdict: CheckLevel
  readonly because: string
}

/** Of cases that were not convicted by their tables. */
export const FAILED_OVER: Levelled = {
  verdict: 'fail',
  because: 'the target failed over it instead of refusing it (robustness/server-error)',
}

export const CONVICTED: Levelled = {
  verdict: 'fail',
  because: 'one of its requests was convicted by itself; the findings tell of what',
}

/** @param levelled What the case came to, and how many requests it took. */
export function resultOf(
  { check, case: its, siblings: sighted }: RowContext,
  { verdict, because, asked }: Levelled & { readonly asked: number },
): CheckResult {
  const name = ({ step }: Expectation): string =>
    sighted.length > 1 ? `${step.slice(step.lastIndexOf('/') + 1)}: ` : ''
  const expected = sighted.map(([row]) => {
    const errors = row.errors.length > 0 ? ` with ${row.errors.join(' or ')}` : ''
    return `${name(row)}${row.deserves}${errors}`
  })
  const seen = sighted.map(([row, sighting]) =>
    sighting === undefined
      ? `${name(row)}nothing`
      : `${name(row)}${outcomeFor(row, sighting)} (${gotWords(sighting.observation.answer)})`,
  )
  return {
    id: check.id,
    usage: its.usage,
    case: its.name,
    caseId: its.caseId,
    section: check.section,
    level: check.level,
    verdict,
    because,
    asked,
    expected: expected.join('; '),
    seen: seen.join('; '),
    ...toRefuse(sighted),
  }
}

/** Only what table and rules agree must be refused, and of it what says yes or no. */
function toRefuse(sighted: RowContext['siblings']): Pick<CheckResult, 'toRefuse'> {
  const outcomes = sighted.flatMap(([row, sighting]) =>
    sighting === undefined ||
    agreed(sighting.code, row.deserves) !== 'reject' ||
    !cameAbout(row, sighted)
      ? []
      : [outcomeFor(row, sighting)],
  )
  const accepted = outcomes.filter((outcome) => outcome === 'accepted').length
  const decided = accepted + outcomes.filter((outcome) => outcome === 'rejected').length
  return decided === 0 ? {} : { toRefuse: { decided, accepted } }
}

/** The usages by the letters that stand for them in a case id. */
const USAGES: Readonly<Record<string, string>> = {
  ca: 'client-authentication',
  jg: 'authorization-grant',
  v: 'bearer-token',
  dp: 'dpop-proof',
}

/** One result for each case that was not asked. */
export function unsupportedOf({
  id,
  section,
  level,
  unsupported,
}: JudgedCheck): readonly CheckResult[] {
  return Object.entries(unsupported).map(([place, because]) => {
    const [letters = '', name = '*'] = place.split(':', 2)
    return {
      id,
      usage: letters
        .split('+')
        .map((each) => USAGES[each] ?? each)
        .join('+'),
      case: name,
      caseId: `${id}:${letters}:${name}`,
      section,
      level,
      verdict: 'unsupported',
      because,
      asked: 0,
      expected: '',
      seen: '',
    }
  })
}
