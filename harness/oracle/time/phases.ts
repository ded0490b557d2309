/** The faults of a history and the phases they cut it into (faults.md). */
import type { FaultEvent, Forgets } from '../../model/history.ts'
import type { FaultWindow } from '../../model/plan.ts'
import type { Phase } from '../../model/scenario.ts'

/** The name under which everything that is no scenario stands. */
export interface Faults {
  see(event: FaultEvent): void
  /** Where a presentation lies that was judged at some time from `fromUs` to `toUs`. */
  phase(scenario: string, fromUs: number, toUs: number): Phase
  /** The faults that were being inflicted, in force or being mended at some time of the span, by name and place. */
  inForce(fromUs: number, toUs: number): readonly string[]
  /** Those of them that forget, by name. */
  forgetting(fromUs: number, toUs: number): readonly string[]
  /** How long a fault of the scenario has been in force for what was judged at some time of the span. */
  since(of: FaultOf, fromUs: number, toUs: number): Since
  /** The faults of that place, by name, which were in force at some time of the span or not long enough over. */
  lingering(on: string, fromUs: number, toUs: number, forUs: number): readonly string[]
  /** The number of the window of a scenario that a time lies in or, between two, of the one before it. */
  windowAt(scenario: string, us: number): number
  /** How many windows of this fault were confirmed and then mended, each seen by its effect. */
  wholeWindows(scenario: string, planned: FaultWindow): number
}

/** A fault of a scenario by name, but for the places where it concerns somebody else. */
export interface FaultOf {
  readonly scenario: string
  readonly fault: string
  readonly isElsewhere: (on: string) => boolean
}

/** Times in microseconds, from when the fault was confirmed. */
export type Since =
  | { readonly kind: 'before' }
  | { readonly kind: 'in-force'; readonly leastUs: number; readonly mostUs: number }
  /** Being inflicted or mended, or over. */
  | { readonly kind: 'unsure' }

const NONE: readonly Window[] = []
const NO_NAMES: readonly string[] = []

/** A stretch of time, ends left out, in which no fault is met: most presentations lie in one with the one before. */
interface Quiet {
  readonly fromUs: number
  readonly toUs: number
}

const ALWAYS: Quiet = { fromUs: -Infinity, toUs: Infinity }
const NEVER: Quiet = { fromUs: Infinity, toUs: -Infinity }

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
  const byScenario = new Map<string, Window[]>()
  let quiet: Quiet = ALWAYS
  /** Where anything was ever wrong, for most never meet it. */
  const places = new Set<string>()
  /** Those met, none of them where that is known without looking. */
  const met = (fromUs: number, toUs: number): readonly Window[] => {
    if (quiet.fromUs < fromUs && toUs < quiet.toUs) return NONE
    const found = windows.filter((window) => meets(window, fromUs, toUs))
    if (found.length === 0) quiet = quietAround(windows, fromUs, toUs)
    return found
  }
  return {
    see(event) {
      quiet = NEVER
      if (event.stage === 'inflicting') {
        const window = windowOf(event)
        windows.push(window)
        places.add(event.on)
        byScenario.set(event.scenario, [...(byScenario.get(event.scenario) ?? []), window])
        return
      }
      const window = windows.findLast(
        (each) =>
          each.scenario === event.scenario && each.fault === event.fault && each.on === event.on,
      )
      if (window !== undefined) note(window, event)
    },
    phase(scenario, fromUs, toUs) {
      const own = byScenario.get(scenario)
      if (own === undefined) return planned.has(scenario) ? 'before' : 'steady'
      const inIt = met(fromUs, toUs).filter((each) => each.scenario === scenario)
      return phaseAmong(own, inIt, fromUs, toUs)
    },
    inForce(fromUs, toUs) {
      const found = met(fromUs, toUs)
      return found.length === 0 ? NO_NAMES : found.map(({ fault, on }) => `${fault} on ${on}`)
    },
    forgetting(fromUs, toUs) {
      const found = met(fromUs, toUs)
      if (found.length === 0) return NO_NAMES
      return found.filter(({ forgets }) => forgets !== 'nothing').map(({ fault }) => fault)
    },
    since: (of, fromUs, toUs) => sinceIn(byScenario.get(of.scenario) ?? NONE, of, fromUs, toUs),
    lingering: (on, fromUs, toUs, forUs) =>
      places.has(on) ? namesAt(on, windows, fromUs - forUs, toUs) : NO_NAMES,
    windowAt: (scenario, us) =>
      Math.max(
        0,
        (byScenario.get(scenario) ?? NONE).findLastIndex(({ inflictingUs }) => inflictingUs <= us),
      ),
    wholeWindows: (scenario, window) =>
      windows.filter((each) => each.scenario === scenario && isWhole(each, window)).length,
  }
}

function namesAt(
  on: string,
  windows: readonly Window[],
  fromUs: number,
  toUs: number,
): readonly string[] {
  return windows
    .filter((each) => each.on === on && meets(each, fromUs, toUs))
    .map(({ fault }) => fault)
}

function sinceIn(
  windows: readonly Window[],
  { fault, isElsewhere }: FaultOf,
  fromUs: number,
  toUs: number,
): Since {
  const window = windows.findLast(
    (each) => each.fault === fault && each.inflictingUs <= toUs && !isElsewhere(each.on),
  )
  if (window === undefined) return { kind: 'before' }
  const { confirmedUs, mendingUs } = window
  if (confirmedUs === null || confirmedUs > fromUs || (mendingUs ?? Infinity) <= toUs)
    return { kind: 'unsure' }
  return { kind: 'in-force', leastUs: fromUs - confirmedUs, mostUs: toUs - confirmedUs }
}

/** Whether it is a window of that fault, and was seen to begin and to end. */
function isWhole(window: Window, { fault, on }: FaultWindow): boolean {
  const { confirmedUs, mendedUs } = window
  return window.fault === fault && window.on === on && confirmedUs !== null && mendedUs !== null
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
function phaseAmong(
  windows: readonly Window[],
  met: readonly Window[],
  fromUs: number,
  toUs: number,
): Phase {
  if (met.length > 0) {
    const within = met.every(
      ({ confirmedUs, mendingUs }) =>
        confirmedUs !== null && confirmedUs <= fromUs && toUs < (mendingUs ?? Infinity),
    )
    return within ? 'during' : 'transition'
  }
  return windows.some(({ inflictingUs }) => inflictingUs <= fromUs) ? 'after' : 'before'
}

/** @param fromUs Of a span that meets none of the windows, as is `toUs`. */
function quietAround(windows: readonly Window[], fromUs: number, toUs: number): Quiet {
  let [since, until] = [-Infinity, Infinity]
  for (const { inflictingUs, mendedUs } of windows) {
    if (mendedUs !== null && mendedUs < fromUs) since = Math.max(since, mendedUs)
    if (inflictingUs > toUs) until = Math.min(until, inflictingUs)
  }
  return { fromUs: since, toUs: until }
}

/** Whether the span touches the window, from inflicting to the end of mending. */
function meets({ inflictingUs, mendedUs }: Window, fromUs: number, toUs: number): boolean {
  return inflictingUs <= toUs && fromUs <= (mendedUs ?? Infinity)
}
