/** A server that fails over what it had only to refuse: neither an acceptance nor a refusal, and a fault of its own. */
import type { Conviction } from '../model/verdict.ts'
import { vouchForAcceptance, type Controls } from './blocks.ts'
import type { Sighting } from './sighting.ts'
import { witnessOf, type Telling } from './witness.ts'
import { gotWords } from './words.ts'

/** Unexpected conditions and broken gateways. 503 and 504 speak of load and of others (RFC 9110 §15.6). */
const OWN_TROUBLE: ReadonlySet<number> = new Set([500, 502])

/** One coincidence is nobody's fault; as many stimuli as this, and no control, are no coincidence. */
const ENOUGH = 2

export interface FailedCase {
  readonly check: string
  readonly sighting: Sighting
  readonly controls: Controls
}

export function isServerError({ observation: { answer } }: Sighting): boolean {
  return answer.kind === 'reply' && OWN_TROUBLE.has(answer.status)
}

/**
 * What follows from stimuli that were answered with 500: a finding that obliges the target where several were, each
 * between accepted controls of its own sender, while no control of the run met such an answer.
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
  const well = !controls.some(({ before, between, afters }) =>
    [before, ...between, ...afters].some((each) => each !== null && isServerError(each)),
  )
  const { observation } = first.sighting
  const because = `${observation.node ?? 'The target'} answered ${gotWords(observation.answer)} to what it had only to refuse, between two right requests that it answered well`
  return {
    finding: 'robustness/server-error',
    obliges: well && stimuli.size >= ENOUGH,
    obligation: 'derived',
    scenario: observation.scenario,
    check: first.check,
    caseId: observation.caseId,
    because: `${because}; so it did over ${stimuli.size} of the stimuli.`,
    spec: ['RFC 6749 §5.2; RFC 7523 §3.1, §3.2; RFC 6750 §3.1'],
    witness: witnessOf(
      [first.controls.before, first.sighting, first.controls.after].filter((each) => each !== null),
      telling,
    ),
  }
}
