/** A conviction's evidence in words that a stranger can check, and that hold no secret. */
import type { Answer } from '../model/history.ts'
import type { Usage } from '../model/plan.ts'
import type { WitnessStep } from '../model/verdict.ts'
import type { Sighting } from './sighting.ts'

/** What words need to know of the run. */
export interface Telling {
  /** When the run started; times are told from there. */
  readonly startedUs: number
  /** Stands at the end of every jti, where it tells none from another. */
  readonly runId: string
}

const MOST_STEPS = 3

export function witnessOf(
  sightings: readonly Sighting[],
  telling: Telling,
): readonly WitnessStep[] {
  return sightings.slice(0, MOST_STEPS).map((sighting) => witnessStep(sighting, telling))
}

function witnessStep(sighting: Sighting, telling: Telling): WitnessStep {
  const { caseId, step, node, begunUs, answeredUs, dueUs, answer } = sighting.observation
  return {
    caseId,
    step,
    node,
    begunMs: milliseconds(begunUs ?? dueUs, telling),
    answeredMs: answeredUs === null ? null : milliseconds(answeredUs, telling),
    sent: sentWords(sighting, telling),
    got: gotWords(answer),
  }
}

export const CREDENTIAL: Readonly<Record<Usage, string>> = {
  'client-authentication': 'client assertion',
  'authorization-grant': 'grant assertion',
  'bearer-token': 'access token',
  'dpop-proof': 'DPoP proof',
}

/** Such as `client assertion by 'honest', jti …f00d42, exp in 58 s`. */
function sentWords({ observation, presentation }: Sighting, telling: Telling): string {
  const { truth, usage } = presentation
  const sentUs = observation.begunUs ?? observation.dueUs
  const words = [`${CREDENTIAL[usage]} by '${observation.principal}'`]
  if (truth.jti !== null) words.push(`jti …${tail(truth.jti, telling.runId)}`)
  if (truth.expUs !== null) words.push(expWords(truth.expUs - sentUs))
  if (truth.defect !== null) words.push(`defect ${truth.defect.kind}`)
  return words.join(', ')
}

/** The last six characters that tell it from another of the same run. */
function tail(jti: string, runId: string): string {
  const own = runId !== '' && jti.endsWith(runId) ? jti.slice(0, -runId.length) : jti
  return own.slice(-6)
}

function expWords(leftUs: number): string {
  const seconds = Math.round(leftUs / 1e6)
  return seconds >= 0 ? `exp in ${seconds} s` : `exp ${-seconds} s ago`
}

export function gotWords(answer: Answer): string {
  if (answer.kind === 'none') return `no answer (${answer.cause})`
  if (answer.active !== null) return `${answer.status}, active: ${answer.active}`
  if (answer.token !== null) return `${answer.status} with a token`
  return answer.code === null ? String(answer.status) : `${answer.status} ${answer.code}`
}

/** Who did what and when, such as `node-1 accepted it at 1203.4 ms`. */
export function didWords(sighting: Sighting, what: string, telling: Telling): string {
  const { node, answeredUs, begunUs, dueUs } = sighting.observation
  const ms = milliseconds(answeredUs ?? begunUs ?? dueUs, telling)
  return `${node ?? 'the target'} ${what} at ${ms.toFixed(1)} ms`
}

export function faultWords(sightings: readonly Sighting[]): string {
  const names = new Set(sightings.flatMap(({ faultsInForce }) => faultsInForce))
  return names.size === 0 ? 'no fault was in force' : `in force: ${[...names].join(', ')}`
}

function milliseconds(us: number, { startedUs }: Telling): number {
  return (us - startedUs) / 1000
}
