/** For how long, and among how many others, a used assertion is remembered: as numbers, beside the verdict on it. */
import type { Derived } from '../../model/derived.ts'
import type { Stream } from '../../model/scenario.ts'
import type { Settlement } from '../settlement.ts'
import type { DoubleAccept } from '../replay/use.ts'
import type { Exhibit } from '../sighting.ts'

export interface Windows {
  see(settlement: Settlement): void
  /** @param leewaySeconds How long past their end first presentations were accepted in it. */
  of(scenario: string, leewaySeconds: number): readonly Derived[]
}

/** What streams that ask for how long something is remembered find; others forget for other reasons. */
const IN_TIME = ['replay/forgotten-before-leeway-ends', 'replay/forgotten-after-a-while']

interface Seen {
  /** When something used was surely forgotten, from its end on; negative before it. */
  forgottenUs: number
  doubles: number
  /** Of those that came again when all others had been used. */
  again: number
  keptAgain: number
  others: number
}

export function openWindows(): Windows {
  const seen = new Map<string, Seen>()
  const at = (scenario: string): Seen => {
    const known = seen.get(scenario)
    if (known !== undefined) return known
    const fresh = { forgottenUs: Infinity, doubles: 0, again: 0, keptAgain: 0, others: 0 }
    seen.set(scenario, fresh)
    return fresh
  }
  return {
    see(settlement) {
      const { place, group } = settlement
      if (place === null || group === null || group.accepted.length === 0) return
      const entry = at(place.scenario.name)
      if (IN_TIME.includes(place.stream.finding ?? ''))
        for (const double of group.doubles) forgotten(entry, double)
      cameAgain(entry, place.stream, settlement.sightings)
    },
    of(scenario, leewaySeconds) {
      const entry = seen.get(scenario)
      return entry === undefined ? [] : [...window(entry, leewaySeconds), ...capacity(entry)]
    },
  }
}

/** What was used again when all others had been. */
function cameAgain(
  entry: Seen,
  { release, arrivals }: Stream,
  [, second]: readonly Exhibit[],
): void {
  if (release !== 'in-rounds' || arrivals.kind !== 'in-turn') return
  if (second?.outcome !== 'accepted' && second?.outcome !== 'rejected') return
  entry.others = arrivals.count
  entry.again += 1
  if (second.outcome === 'rejected') entry.keptAgain += 1
}

/** Only what came when nothing was broken, after its first use had been answered. */
function forgotten(entry: Seen, { first, second, straddles }: DoubleAccept<Exhibit>): void {
  const { expUs, begunUs, answeredUs, offset, faultsInForce } = second
  if (expUs === null || begunUs === null || answeredUs === null || straddles.length > 0) return
  if (faultsInForce.length > 0 || first.answeredUs === null || first.answeredUs > begunUs) return
  if (!Number.isFinite(offset.highUs)) return
  entry.forgottenUs = Math.min(entry.forgottenUs, answeredUs + offset.highUs - expUs)
  entry.doubles += 1
}

/**
 * From when it was surely forgotten until when a fresh one was seen to be accepted still: so long at least. Where none was
 * seen past its end, nobody knows until when: a target may refuse an assertion that is old long before that ends.
 */
function window({ forgottenUs, doubles }: Seen, leewaySeconds: number): readonly Derived[] {
  const low = leewaySeconds - forgottenUs / 1e6
  if (doubles === 0 || leewaySeconds <= 0 || low <= 0) return []
  return [{ name: 'replay-window', node: null, unit: 's', low, high: null, of: doubles }]
}

function capacity({ again, keptAgain, others }: Seen): readonly Derived[] {
  if (again === 0) return []
  const low = keptAgain === again ? others : null
  const high = keptAgain === 0 ? others - 1 : null
  if (low === null && high === null) return []
  return [{ name: 'memory-capacity', node: null, unit: 'assertions', low, high, of: again }]
}
