/** What is known of an answer at once: lost controls are asked for again, and figures are watched, before clocks are read. */
import type { Observation, Presentation } from '../model/history.ts'
import type { Bench } from './bench.ts'
import { classify } from './classify.ts'
import type { Place } from './places.ts'
import { draft, type Draft } from './sighting.ts'

/** Makes a sighting of each credential of a request. Their times are judged when the clocks are known. */
export function takeIn(
  observation: Observation,
  bench: Bench,
  hold: (sighting: Draft, untilUs: number) => void,
): void {
  if (isRelayed(observation)) bench.way.path = 'unknown'
  const place = bench.places.of(observation)
  const control = place === null && isControl(observation)
  if (control && observation.presented.length === 0 && isGranted(observation)) {
    bench.open.add(observation.endpoint)
  }
  const untilUs = observation.answeredUs ?? observation.begunUs ?? observation.dueUs
  for (const presentation of observation.presented) {
    const sighting = sighted(observation, presentation, place, bench)
    if (control) bench.checks.blocks.see(sighting)
    watch(sighting, bench)
    hold(sighting, untilUs)
  }
}

function sighted(
  observation: Observation,
  presentation: Presentation,
  place: Place | null,
  { policy, ledger, open }: Bench,
): Draft {
  const sighting = draft(
    observation,
    presentation,
    classify(observation, presentation, policy),
    place,
  )
  // What is open proves nothing by accepting.
  if (sighting.outcome === 'accepted' && open.has(observation.endpoint)) {
    sighting.outcome = 'elsewhere'
  }
  const { key, last } = presentation
  if (key !== null) sighting.account = ledger.enter(key, last, place?.stream.copies ?? Infinity)
  return sighting
}

function watch(sighting: Draft, { live, checks, singleUse }: Bench): void {
  const { place, presentation } = sighting
  const { usage } = presentation
  if (place === null) {
    live.see(sighting, checks.rowFor(sighting)?.deserves ?? 'either', singleUse[usage])
  } else if (usage === place.stream.usage) {
    live.see(sighting, 'either', singleUse[usage])
  }
}

/** Somebody stood between and said so (RFC 9110 §7.6.3), whatever the target file says of the path. */
function isRelayed({ answer }: Observation): boolean {
  return answer.kind === 'reply' && Object.hasOwn(answer.headers, 'via')
}

function isGranted({ answer }: Observation): boolean {
  return answer.kind === 'reply' && answer.status >= 200 && answer.status < 300
}

function isControl({ caseId }: Observation): boolean {
  return caseId.startsWith('control/')
}
