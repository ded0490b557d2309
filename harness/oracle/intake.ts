/** What is known of an answer at once: lost controls are asked for again, and figures are watched, before clocks are read. */
import type { Answer, Observation, Presentation } from '../model/history.ts'
import type { Stream } from '../model/scenario.ts'
import type { Bench } from './bench.ts'
import type { Place } from './scenarios/places.ts'
import { draft, isSighting, type Draft } from './sighting.ts'

/** Makes a sighting of each credential of a request. Their times are judged when the clocks are known. */
export function takeIn(
  observation: Observation,
  bench: Bench,
  hold: (sighting: Draft, untilUs: number) => void,
): void {
  bench.observed += 1
  bench.limits.see(observation)
  bench.issued.see(observation)
  if (bench.way.path === 'direct' && isRelayed(observation)) bench.way.path = 'unknown'
  const asked = bench.places.of(observation)
  // What is done with a token is no request of its stream: it tells of one, and its client's assertion is one by itself.
  const trial = observation.presented.some(isOfToken)
  bench.lives.see(observation, asked)
  const place = trial ? null : asked
  const control = isControl(observation, asked)
  if (control && isOpen(observation)) bench.open.add(observation.endpoint)
  const untilUs = untilOf(observation)
  for (const presentation of observation.presented) {
    bench.keys.see(presentation, bench.telling.runId)
    const sighting = draft(observation, presentation, place, bench)
    if (bench.open.size > 0) disbelieve(sighting, bench)
    const copies = trial && !isTrial(presentation) ? 1 : presentationsOf(asked?.stream)
    enter(sighting, presentation, copies, bench)
    if (control && isSighting(sighting)) bench.checks.blocks.see(sighting)
    if (!trial) watch(sighting, bench)
    hold(sighting, untilUs)
  }
}

function enter(
  sighting: Draft,
  { key, last }: Presentation,
  copies: number,
  { ledger }: Bench,
): void {
  if (key !== null) sighting.account = ledger.enter(key, last, copies)
}

/** Up to when clocks must be known for it. */
function untilOf({ answeredUs, begunUs, dueUs }: Observation): number {
  return answeredUs ?? begunUs ?? dueUs
}

/** Whether its endpoint grants somebody something who shows nothing. */
function isOpen({ presented, answer }: Observation): boolean {
  return presented.length === 0 && isGranted(answer)
}

/** How many come of one credential: its copies, and where they are tried the token of each; of checks nobody knows. */
function presentationsOf(stream: Stream | undefined): number {
  if (stream === undefined) return Infinity
  return stream.tries === true ? 2 * stream.copies : stream.copies
}

function isTrial({ tried }: Presentation): boolean {
  return tried !== undefined
}

function isOfToken({ tried, follows }: Presentation): boolean {
  return tried !== undefined || follows !== undefined
}

/** What an endpoint accepts that asks nobody for a credential proves nothing. */
export function disbelieve(sighting: Draft, { open }: Bench): void {
  if (sighting.outcome !== 'accepted' || !open.has(sighting.endpoint)) return
  sighting.outcome = 'elsewhere'
}

function watch(sighting: Draft, { live, checks, singleUse }: Bench): void {
  const { place, usage } = sighting
  if (isSighting(sighting)) {
    live.see(sighting, checks.owed(sighting), singleUse[usage])
  } else if (usage === place?.stream.usage) {
    live.see(sighting, 'either', singleUse[usage])
  }
}

/**
 * Somebody stood between and said so, whatever the target file says of the path: a relay (RFC 9110 §7.6.3), a cache
 * (RFC 9111 §5.1), or an Envoy, which may repeat requests and names itself in no `Via`.
 */
function isRelayed({ answer }: Observation): boolean {
  if (answer.kind === 'none') return false
  // Asked of every answer: each is read by its name, which costs a tenth of looking through them.
  const { via, age, server, 'x-envoy-upstream-service-time': envoy } = answer.headers
  // A `server` that is kept at all is a proxy's.
  return (via ?? age ?? envoy ?? server) !== undefined
}

function isGranted(answer: Answer): boolean {
  return answer.kind === 'reply' && answer.status >= 200 && answer.status < 300
}

function isControl({ caseId }: Observation, asked: Place | null): boolean {
  return asked === null && caseId.startsWith('control/')
}
