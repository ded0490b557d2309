/** All that is derived from what a scenario saw, as numbers. */
import type { Derived } from '../../model/derived.ts'
import { openNodeEdges } from './edges.ts'
import type { KeyTimes } from './key-times.ts'
import type { Settlement } from '../settlement.ts'
import { openWindows } from './windows.ts'

export interface Numbers {
  see(settlement: Settlement): void
  /** @param measured What was counted beside the requests. */
  of(
    scenario: string,
    keyTimes: KeyTimes,
    measured: Readonly<Record<string, number>>,
  ): readonly Derived[]
}

export function openNumbers(): Numbers {
  const [edges, windows] = [openNodeEdges(), openWindows()]
  return {
    see(settlement) {
      const [first] = settlement.sightings
      if (first !== undefined) edges.see(first)
      windows.see(settlement)
    },
    of(scenario, keyTimes, measured) {
      const leeways = edges.of(scenario)
      const granted = leeways.map(({ name, low }) => (name === 'leeway-after-end' ? (low ?? 0) : 0))
      return [
        ...leeways,
        ...windows.of(scenario, Math.max(0, ...granted)),
        ...keyTimes.of(scenario, measured),
      ]
    },
  }
}
