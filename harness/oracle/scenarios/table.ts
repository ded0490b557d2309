/** What is kept of each scenario under a second name, made when it is first asked for. */
export interface Table<T> {
  at(scenario: string, name: string): T
  of(scenario: string): readonly (readonly [name: string, kept: T])[]
}

export function openTable<T>(fresh: () => T): Table<T> {
  const rows = new Map<string, Map<string, T>>()
  return {
    at(scenario, name) {
      const row = rows.get(scenario) ?? new Map<string, T>()
      rows.set(scenario, row)
      const kept = row.get(name) ?? fresh()
      row.set(name, kept)
      return kept
    },
    of: (scenario) => [...(rows.get(scenario) ?? [])],
  }
}
