/** The streams of a history's scenarios, and which of them a request belongs to. */
import type { Observation } from '../../model/history.ts'
import type { JudgedScenario, Judging } from '../../model/judging.ts'
import type { Stream } from '../../model/scenario.ts'
import type { RulingSlot } from '../deserving/rulings.ts'

export interface Place {
  readonly scenario: JudgedScenario
  readonly stream: Stream
  /** Counts from zero, over all streams of all scenarios. */
  readonly index: number
  readonly slot: RulingSlot
}

export interface Places {
  readonly all: readonly Place[]
  /** By its case id, `scenario/stream/arrival`; null for the requests of checks. */
  of(observation: Observation): Place | null
}

interface Prefixed {
  readonly place: Place
  readonly prefix: string
}

export function openPlaces({ scenarios }: Pick<Judging, 'scenarios'>): Places {
  const all: Place[] = []
  const byScenario = new Map<string, Prefixed[]>()
  for (const scenario of scenarios) {
    const list = byScenario.get(scenario.name) ?? []
    byScenario.set(scenario.name, list)
    for (const stream of scenario.streams) {
      const place = { scenario, stream, index: all.length, slot: { latest: null } }
      all.push(place)
      list.push({ place, prefix: `${scenario.name}/${stream.name}/` })
    }
  }
  return {
    all,
    of({ scenario, caseId }) {
      const list = byScenario.get(scenario)
      if (list === undefined) return null
      for (const { place, prefix } of list) {
        if (caseId.startsWith(prefix) && !caseId.includes('/', prefix.length)) return place
      }
      return null
    },
  }
}
