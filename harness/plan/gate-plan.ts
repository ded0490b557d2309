/** What holding a gate takes: in units, in requests and in seconds. */
import type { Unit } from '../model/counts.ts'
import type {
  ClassPlan,
  Effort,
  GatePlan,
  ScenarioGatePlan,
  UnitsNeeded,
} from '../model/gate-plan.ts'
import type { Gate, Phase, Scenario, Stream } from '../model/scenario.ts'
import { planned, sampleSize } from '../tally/sample-size.ts'
import { expectedUnits, unitsToPass } from '../tally/sequential.ts'
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
  const fewest = Math.min(...classes.map(({ unitsEach }) => unitsEach))
  const holding = (units: number): Effort | null =>
    classes.length === 0 || fewest === 0 ? null : effort(Math.ceil(units / fewest))
  return {
    scenario: scenario.name,
    classes,
    planned: effort(planning.repeat),
    least: holding(needs.least),
    advised: holding(needs.advised.units),
  }
}

/** One for each class and phase that the gate stands for, and in which anything is planned. */
function classPlans(
  gate: Gate,
  scenario: Scenario,
  { repeat, nodes }: GatePlanning,
): readonly ClassPlan[] {
  const groups = Map.groupBy(
    scenario.streams.filter((stream) => isMeant(gate, stream)),
    ({ attack }) => attack,
  )
  return [...groups].flatMap(([attack, streams]) =>
    phasesOf(gate, scenario).flatMap((phase) => {
      const each = unitsIn({ gate, scenario, streams, phase, nodes })
      if (each.units === 0 && gate.phase === null) return []
      return [
        {
          metric: gate.metric,
          attack,
          phase,
          unit: each.unit,
          unitsEach: each.units,
          atMost: each.unit === 'node-second' && streams.some(followsAnswers),
          planned: each.units * repeat,
        },
      ]
    }),
  )
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

/**
 * How many units one repetition has at most, so that whatever is refused for too few could never have passed. Which unit
 * counts is the judge's to say; here it is the finest that it could be.
 */
function unitsIn({ gate, scenario, streams, phase, nodes }: ClassIn): {
  readonly unit: Unit
  readonly units: number
} {
  const trials = streams.map((stream) => trialsIn(stream, gate.metric, phase, scenario.faults))
  const all = trials.reduce((sum, { count }) => sum + count, 0)
  const replays = gate.metric === 'far' && streams.some(({ copies }) => copies > 1)
  if (replays && streams.every(({ release }) => release === 'together')) {
    return { unit: 'race', units: all }
  }
  if (phase === 'during' && (replays || streams.some(({ attack }) => attack === null))) {
    return { unit: 'window', units: Math.min(all, scenario.faults.length) }
  }
  if (!replays) return { unit: 'presentation', units: all }
  const seconds = trials.reduce((sum, each) => sum + Math.ceil(each.seconds ?? Infinity), 0)
  return { unit: 'node-second', units: Math.min(all, seconds * Math.max(1, nodes)) }
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
