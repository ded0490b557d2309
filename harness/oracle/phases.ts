/** The faults of a history and the phases they cut it into (faults.md). */
import type { FaultEvent, Forgets } from '../model/history.ts'
import type { FaultWindow } from '../model/plan.ts'
import type { Phase } from '../model/scenario.ts'

/** The name under which everything that is no scenario stands. */
export interface Faults {
  see(event: FaultEvent): void
  /** Where a presentation lies that was judged at some time from `fromUs` to `toUs`. */
  phase(scenario: string, fromUs: number, toUs: number): Phase
  /** The faults that were being inflicted, in force or being mended at some time of the span, by name and place. */
  inForce(fromUs: number, toUs: number): readonly string[]
  /** Those of them that forget, by name. */
  forgetting(fromUs: number, toUs: number): readonly string[]
  /** How many windows of this fault were confirmed and then mended, each seen by its effect. */
  wholeWindows(scenario: string, planned: FaultWindow): number
}

/** One fault from the first touch to the last; null for what was not seen yet. */
interface Window {
  readonly scenario: string
  readonly fault: string
  readonly on: string
  readonly forgets: Forgets
  readonly inflictingUs: number
  confirmedUs: number | null
  mendingUs: number | null
  mendedUs: number | null
}

/** @param scenarios Each scenario and the faults it plans; one that plans none is `steady` throughout. */
export function openFaults(
  scenarios: readonly { readonly name: string; readonly faults: readonly FaultWindow[] }[],
): Faults {
  const planned = new Set(
    scenarios.flatMap(({ name, faults }) => (faults.length > 0 ? [name] : [])),
  )
  const windows: Window[] = []
  return {
    see(event) {
      if (event.stage === 'inflicting') return void windows.push(windowOf(event))
      const window = windows.findLast(
        (each) =>
          each.scenario === event.scenario && each.fault === event.fault && each.on === event.on,
      )
      if (window !== undefined) note(window, event)
    },
    phase(scenario, fromUs, toUs) {
      const own = windows.filter((each) => each.scenario === scenario)
      if (own.length === 0) return planned.has(scenario) ? 'before' : 'steady'
      return phaseAmong(own, fromUs, toUs)
    },
    inForce: (fromUs, toUs) =>
      windows
        .filter((window) => meets(window, fromUs, toUs))
        .map(({ fault, on }) => `${fault} on ${on}`),
    forgetting: (fromUs, toUs) =>
      windows
        .filter((window) => window.forgets !== 'nothing' && meets(window, fromUs, toUs))
        .map(({ fault }) => fault),
    wholeWindows: (scenario, { fault, on }) =>
      windows.filter(
        (each) =>
          each.scenario === scenario &&
          each.fault === fault &&
          each.on === on &&
          each.confirmedUs !== null &&
          each.mendedUs !== null,
      ).length,
  }
}

function windowOf({ scenario, fault, on, forgets, atUs }: FaultEvent): Window {
  return {
    scenario,
    fault,
    on,
    forgets,
    inflictingUs: atUs,
    confirmedUs: null,
    mendingUs: null,
    mendedUs: null,
  }
}

function note(window: Window, { stage, atUs }: FaultEvent): void {
  switch (stage) {
    case 'confirmed':
      window.confirmedUs = atUs
      return
    case 'mending':
      window.mendingUs = atUs
      return
    case 'mended':
      window.mendedUs = atUs
      return
    case 'inflicting':
    case 'unconfirmed':
    case 'unmended':
      return
  }
}

/**
 * `during` only wholly inside what was confirmed, `before` and `after` only wholly outside; what touches the inflicting or
 * the mending is `transition`, and so is all that follows a fault whose mending nobody saw.
 */
function phaseAmong(windows: readonly Window[], fromUs: number, toUs: number): Phase {
  const met = windows.filter((window) => meets(window, fromUs, toUs))
  if (met.length > 0) {
    const within = met.every(
      ({ confirmedUs, mendingUs }) =>
        confirmedUs !== null && confirmedUs <= fromUs && toUs < (mendingUs ?? Infinity),
    )
    return within ? 'during' : 'transition'
  }
  return windows.some(({ inflictingUs }) => inflictingUs <= fromUs) ? 'after' : 'before'
}

/** Whether the span touches the window, from inflicting to the end of mending. */
function meets({ inflictingUs, mendedUs }: Window, fromUs: number, toUs: number): boolean {
  return inflictingUs <= toUs && fromUs <= (mendedUs ?? Infinity)
}
