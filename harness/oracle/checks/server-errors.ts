/** A server that fails over what it had only to refuse: neither an acceptance nor a refusal, and a fault of its own. */
import type { Conviction } from '../../model/verdict.ts'
import { vouchForAcceptance, type Controls } from './blocks.ts'
import type { Sighting } from '../sighting.ts'
import { witnessOf, type Telling } from '../charges/witness.ts'
import { isOwnTrouble } from '../answers/classify.ts'
import { gotWords } from '../answers/words.ts'

/**
 * A server that fails now and then, over anything, is sure to do so over some of many stimuli, and need not over any of the
 * fewer controls. Nor are several in a row more than one coincidence. So each is asked once more, later and between
 * controls of its own: as many stimuli as this that were failed over both times, and no control at all, are none.
 */
const ENOUGH = 2

/** So many are asked once more, of as many checks as there are. */
const ASKED_MOST = 6

export interface FailedCase {
  readonly check: string
  readonly sighting: Sighting
  /** The same stimulus asked once more. */
  readonly again: Sighting | null
  readonly controls: Controls
}

/** The name of a stimulus's step in the round in which it is asked once more. */
export function onceMore(step: string): string {
  return step.replace('checks/r0/', 'checks/r1/')
}

export function worthAsking(failed: readonly FailedCase[]): readonly { readonly case: string }[] {
  const told = failed.filter(({ controls }) => vouchForAcceptance(controls))
  const ofOneCheck = Map.groupBy(told, ({ check }) => check)
  const firsts = [...ofOneCheck.values()].map(([first]) => first)
  const cases = [...firsts, ...told].flatMap((each) =>
    each === undefined ? [] : [each.sighting.observation.caseId],
  )
  return [...new Set(cases)].slice(0, ASKED_MOST).map((each) => ({ case: each }))
}

export function isServerError({ observation: { answer } }: Sighting): boolean {
  return isOwnTrouble(answer)
}

/**
 * What follows from stimuli that were answered with 500: a finding that obliges the target where several were, each
 * between accepted controls of its own sender, and again when they were asked once more, while no control of the run met
 * such an answer.
 */
export function serverErrors(
  failed: readonly FailedCase[],
  controls: readonly Controls[],
  telling: Telling,
): Conviction | null {
  const told = failed.filter((each) => vouchForAcceptance(each.controls))
  const [first] = told
  if (first === undefined) return null
  const stimuli = new Set(told.map(({ sighting }) => sighting.observation.step))
  const again = new Set(told.filter(isAgain).map(({ sighting }) => sighting.observation.caseId))
  const well = !controls.some(({ before, between, afters }) =>
    [before, ...between, ...afters].some((each) => each !== null && isServerError(each)),
  )
  const { observation } = first.sighting
  const because = `${observation.node ?? 'The target'} answered ${gotWords(observation.answer)} to what it had only to refuse, between two right requests that it answered well`
  return {
    finding: 'robustness/server-error',
    obliges: well && again.size >= ENOUGH,
    obligation: 'derived',
    scenario: observation.scenario,
    check: first.check,
    caseId: observation.caseId,
    because: `${because}; so it did over ${stimuli.size} of the stimuli, and over ${again.size} when they were asked once more.`,
    spec: ['RFC 6749 §5.2; RFC 7523 §3.1, §3.2; RFC 6750 §3.1'],
    witness: witnessOf(
      [first.controls.before, first.sighting, first.controls.after].filter((each) => each !== null),
      telling,
    ),
  }
}

/** Failed over once more, while all controls of that round were accepted. */
function isAgain({ again, controls }: FailedCase): boolean {
  const beside = controls.between.filter(({ observation }) => observation.round > 0)
  return (
    again !== null &&
    isServerError(again) &&
    beside.length > 0 &&
    beside.every(({ outcome }) => outcome === 'accepted')
  )
}
