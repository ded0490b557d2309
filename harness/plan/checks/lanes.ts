/** What is asked side by side, and what one after the other. */

export interface Lane {
  /** The name of the last step in it; null while it is empty. */
  end: string | null
  /** How many steps stand in it. */
  length: number
}

export interface Lanes {
  /** Always the same lane for a party: the shortest when it first comes. */
  of(party: string): Lane
}

export function openLanes(count: number): Lanes {
  const lanes: readonly Lane[] = Array.from({ length: count }, () => ({ end: null, length: 0 }))
  const known = new Map<string, Lane>()
  return {
    of(party) {
      const lane = known.get(party) ?? lanes.reduce((a, b) => (b.length < a.length ? b : a))
      known.set(party, lane)
      return lane
    },
  }
}
