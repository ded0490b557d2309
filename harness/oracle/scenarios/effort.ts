/** How well the harness itself did, scenario by scenario, as it measured: a late harness reads as a slow target. */
import type { HistoryEvent } from '../../model/history.ts'
import type { JudgedScenario } from '../../model/judging.ts'

const LATE_MS = 'generator/due-to-begun-p99-ms'
const DROPPED = 'generator/dropped'

export interface Effort {
  see(event: Extract<HistoryEvent, { kind: 'measured' }>): void
  /** What was measured last in a scenario, by name: the figures of its last round. */
  latest(scenario: string): Readonly<Record<string, number>>
  /** The same, added up over all its rounds. */
  total(scenario: string): Readonly<Record<string, number>>
  /** What in a scenario was worse than it tolerates, in words; also what it tolerates and nobody measured. */
  intolerable(scenario: Pick<JudgedScenario, 'name' | 'tolerates'>): readonly string[]
}

export function openEffort(): Effort {
  const latest = new Map<string, Map<string, number>>()
  const totals = new Map<string, Map<string, number>>()
  const worst = new Map<string, { lateMs: number; dropped: number }>()
  return {
    see({ scenario, name, value }) {
      if (scenario === undefined) return
      const figures = latest.get(scenario) ?? new Map<string, number>()
      latest.set(scenario, figures.set(name, value))
      const sums = totals.get(scenario) ?? new Map<string, number>()
      totals.set(scenario, sums.set(name, (sums.get(name) ?? 0) + value))
      if (name !== LATE_MS && name !== DROPPED) return
      const all = worst.get(scenario) ?? { lateMs: 0, dropped: 0 }
      if (name === LATE_MS) all.lateMs = Math.max(all.lateMs, value)
      else all.dropped += value
      worst.set(scenario, all)
    },
    latest: (scenario) => Object.fromEntries(latest.get(scenario) ?? []),
    total: (scenario) => Object.fromEntries(totals.get(scenario) ?? []),
    intolerable({ name: scenario, tolerates }) {
      if (tolerates === undefined) return []
      const all = worst.get(scenario)
      if (all === undefined) return ['how well the harness did its part was not measured']
      const { dueToBegunP99Ms: lateMs = Infinity, dropped = Infinity } = tolerates
      return [
        ...(all.lateMs > lateMs
          ? [
              `the harness was late: 1 request in 100 began more than ${round(all.lateMs)} ms after it was due, and ${lateMs} ms are tolerated`,
            ]
          : []),
        ...(all.dropped > dropped
          ? [`${all.dropped} requests were never sent, and ${dropped} are tolerated`]
          : []),
      ]
    },
  }
}

function round(ms: number): number {
  return Number(ms.toPrecision(3))
}
