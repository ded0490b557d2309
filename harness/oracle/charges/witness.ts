/** A conviction's evidence in words that a stranger can check, and that hold no secret. */
import type { Usage } from '../../model/plan.ts'
import type { WitnessStep } from '../../model/verdict.ts'
import type { Exhibit } from '../sighting.ts'

/** What words need to know of the run. */
export interface Telling {
  /** When the run started; times are told from there. */
  readonly startedUs: number
  /** Stands at the end of every jti, where it tells none from another. */
  readonly runId: string
}

const MOST_STEPS = 3

export function witnessOf(exhibits: readonly Exhibit[], telling: Telling): readonly WitnessStep[] {
  return exhibits.slice(0, MOST_STEPS).map((exhibit) => witnessStep(exhibit, telling))
}

function witnessStep(exhibit: Exhibit, telling: Telling): WitnessStep {
  const { caseId, step, node, fromUs, answeredUs, got } = exhibit
  return {
    caseId,
    step,
    node,
    begunMs: milliseconds(fromUs, telling),
    answeredMs: answeredUs === null ? null : milliseconds(answeredUs, telling),
    sent: sentWords(exhibit, telling),
    got,
  }
}

export const CREDENTIAL: Readonly<Record<Usage, string>> = {
  'client-authentication': 'client assertion',
  'authorization-grant': 'grant assertion',
  'bearer-token': 'access token',
  'dpop-proof': 'DPoP proof',
}

/** Such as `client assertion by 'honest', jti …f00d42, exp in 58 s`. */
function sentWords(exhibit: Exhibit, telling: Telling): string {
  const { usage, principal, jti, expUs, fromUs, defect, follows, endpoint } = exhibit
  const isRevocation = follows !== null && endpoint === 'revocation'
  const words = [
    `${isRevocation ? 'revocation of an access token' : CREDENTIAL[usage]} by '${principal}'`,
  ]
  if (jti !== null) words.push(`jti …${tail(jti, telling.runId)}`)
  if (expUs !== null) words.push(expWords(expUs - fromUs))
  if (defect !== null) words.push(`defect ${defect}`)
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

/** Who did what and when, such as `node-1 accepted it at 1203.4 ms`. */
export function didWords(exhibit: Exhibit, what: string, telling: Telling): string {
  const { node, answeredUs, fromUs } = exhibit
  return `${node ?? 'the target'} ${what} at ${milliseconds(answeredUs ?? fromUs, telling).toFixed(1)} ms`
}

export function faultWords(exhibits: readonly Exhibit[]): string {
  const names = new Set(exhibits.flatMap(({ faultsInForce }) => faultsInForce))
  return names.size === 0 ? 'no fault was in force' : `in force: ${[...names].join(', ')}`
}

function milliseconds(us: number, { startedUs }: Telling): number {
  return (us - startedUs) / 1000
}
