/** What holding a gate takes: in units, in requests and in seconds. */
import type { Unit } from '../../model/counts.ts'
import type {
  ClassPlan,
  Effort,
  GatePlan,
  ScenarioGatePlan,
  UnitsNeeded,
} from '../../model/gate-plan.ts'
import type { Gate, Phase, Scenario, Stream } from '../../model/scenario.ts'
import { planned, sampleSize } from '../../tally/sample-size.ts'
import { expectedUnits, unitsToPass } from '../../tally/sequential.ts'
import { unitOf } from './unit.ts'
import { requestsOf, secondsOf, trialsIn } from './workload.ts'

export interface GatePlanning {
  /** How often each scenario is asked. */
  readonly repeat: number
  readonly nodes: number
  /** The least of the limits on requests a second; null without one. */
  readonly maxPerSecond: number | null
}

/** @param scenarios Those that the gate is for. */
export function planGate(
  gate: Gate,
  scenarios: readonly Scenario[],
  planning: GatePlanning,
): GatePlan {
  const { sequential, below } = gate
  const needs = needsOf(gate)
  return {
    gate,
    needs,
    scenarios: scenarios.map((scenario) => planFor({ gate, needs, scenario }, planning)),
    sequential:
      sequential === undefined
        ? null
        : {
            atLimit: expectedUnits({ ...sequential, limit: below }, below),
            leastToPass: unitsToPass({ ...sequential, limit: below }),
            fixed: sampleSize(below, 0).units,
          },
  }
}

/** Whether any of what a gate is for cannot be held by what is planned, even if nothing goes wrong. */
export function cannotPass({ classes }: ScenarioGatePlan, { least }: UnitsNeeded): boolean {
  return classes.length === 0 || classes.some(({ planned: units }) => units < least)
}

/** Whether anything in a scenario is what the gate is about. */
export function concerns(gate: Gate, { streams }: Pick<Scenario, 'streams'>): boolean {
  return streams.some((stream) => isMeant(gate, stream))
}

function isMeant({ attack, metric }: Gate, stream: Stream): boolean {
  if (attack !== null) return stream.attack === attack
  return (stream.attack !== null) === (metric === 'far')
}

interface Asked {
  readonly gate: Gate
  readonly needs: UnitsNeeded
  readonly scenario: Scenario
}

function planFor({ gate, needs, scenario }: Asked, planning: GatePlanning): ScenarioGatePlan {
  const classes = classPlans(gate, scenario, planning)
  const effort = (repeat: number): Effort => effortOf(scenario, repeat, planning)
  const holding = (units: number, each: (of: ClassPlan) => number): Effort | null => {
    const fewest = Math.min(...classes.map(each))
    return classes.length === 0 || fewest === 0 ? null : effort(Math.ceil(units / fewest))
  }
  return {
    scenario: scenario.name,
    classes,
    planned: effort(planning.repeat),
    least: holding(needs.least, ({ mostEach }) => mostEach),
    advised: holding(needs.advised.units, ({ unitsEach }) => unitsEach),
  }
}

/** One for each class and phase that the gate stands for, and in which anything is planned. */
function classPlans(
  gate: Gate,
  scenario: Scenario,
  { repeat, nodes }: GatePlanning,
): readonly ClassPlan[] {
  const { metric } = gate
  const meant = scenario.streams.filter((stream) => isMeant(gate, stream))
  return phasesOf(gate, scenario).flatMap((phase) => {
    const groups = Map.groupBy(meant, (stream) =>
      JSON.stringify([stream.attack, unitOf(scenario, stream, metric, phase)]),
    )
    return [...groups.values()].flatMap((streams): readonly ClassPlan[] => {
      const [first] = streams
      if (first === undefined) return []
      const unit = unitOf(scenario, first, metric, phase)
      const { most, likely } = unitsIn({ gate, scenario, streams, phase, nodes }, unit)
      if (most === 0 && gate.phase === null) return []
      const atMost = unit === 'node-second' && streams.some(followsAnswers)
      const counts = { unitsEach: likely, mostEach: most, atMost, planned: most * repeat }
      return [{ metric, attack: first.attack, phase, unit, ...counts }]
    })
  })
}

/** Whether its pace is that of the answers. */
function followsAnswers({ arrivals }: Stream): boolean {
  return arrivals.kind === 'in-turn'
}

function needsOf({ below, sequential }: Gate): UnitsNeeded {
  if (sequential !== undefined) {
    const plan = { ...sequential, limit: below }
    const units = Math.max(unitsToPass(plan), Math.ceil(expectedUnits(plan, sequential.good)))
    return {
      least: unitsToPass(plan),
      advised: { units, errors: 0, chance: 1 - sequential.alpha },
    }
  }
  // A bound lies below 100 % as soon as anything was seen to be otherwise.
  if (below >= 1) return { least: 1, advised: { units: 1, errors: 0, chance: 1 } }
  return { least: sampleSize(below, 0).units, advised: planned(below) }
}

function phasesOf(gate: Gate, { faults }: Scenario): readonly Phase[] {
  if (gate.phase !== null) return [gate.phase]
  return faults.length === 0 ? ['steady'] : ['before', 'during', 'after']
}

interface ClassIn {
  readonly gate: Gate
  readonly scenario: Scenario
  readonly streams: readonly Stream[]
  readonly phase: Phase
  readonly nodes: number
}

/** How many units one repetition has, at most and as a rule. */
function unitsIn({ gate, scenario, streams, phase, nodes }: ClassIn, unit: Unit) {
  const { metric } = gate
  const trials = streams.map((stream) => trialsIn(stream, metric, phase, scenario))
  const all = trials.reduce((sum, { count }) => sum + count, 0)
  if (all === 0) return { most: 0, likely: 0 }
  const within = (units: number): number => Math.min(all, units)
  switch (unit) {
    case 'race':
    case 'presentation':
      return { most: all, likely: all }
    case 'window': {
      const windows = within(scenario.faults.length)
      return { most: windows, likely: windows }
    }
    case 'node-second': {
      // Seconds count from the start of the run, so that a span may touch one more than it lasts.
      const some = trials.filter(({ count }) => count > 0)
      const seconds =
        Math.max(...some.map(({ span }) => span?.[1] ?? Infinity)) -
        Math.min(...some.map(({ span }) => span?.[0] ?? 0))
      const spread = (count: number): number => within(count * Math.max(1, nodes))
      return { most: spread(Math.floor(seconds) + 2), likely: spread(Math.floor(seconds) + 1) }
    }
  }
}

function effortOf(scenario: Scenario, repeat: number, { maxPerSecond }: GatePlanning): Effort {
  const requests = requestsOf(scenario) * repeat
  const own = secondsOf(scenario)
  const seconds = own === null ? null : own * repeat
  return {
    repeat,
    requests,
    seconds,
    secondsAtMaxRate:
      maxPerSecond === null ? null : Math.max(seconds ?? 0, requests / maxPerSecond),
  }
}
