/** What a gate takes, in words. */
import type {
  ClassPlan,
  Effort,
  GatePlan,
  ScenarioGatePlan,
  UnitsNeeded,
} from '../harness/model/gate-plan.ts'
import type { Gate } from '../harness/model/scenario.ts'
import { escape } from './escape.ts'
import { count, percent, plural } from './figures.ts'
import { gateText } from './gate-text.ts'

/** Every gate, and each scenario it is for: how much it takes, and how much of that is planned. */
export function gatePlanText(plans: readonly GatePlan[]): string {
  return plans.flatMap(gateLines).join('\n')
}

function gateLines(plan: GatePlan): readonly string[] {
  return [
    `gate ${escape(gateText(plan.gate))} takes ${needsText(plan.gate, plan.needs)}`,
    ...sequentialLines(plan),
    ...plan.scenarios.flatMap(scenarioLines),
  ]
}

function scenarioLines(plan: ScenarioGatePlan): readonly string[] {
  const { scenario, classes, planned, least, advised } = plan
  return [
    `  ${escape(scenario)}`,
    `    plans ${classes.length === 0 ? 'nothing that it counts' : classes.map(classText).join(', ')}`,
    `    as planned: ${effortText(planned)}`,
    ...(least === null
      ? ['    no number of repetitions makes it pass']
      : [`    at the least: ${effortText(least)}`]),
    ...(advised === null ? [] : [`    advised: ${effortText(advised)}`]),
  ]
}

/** So many units of which class in which phase. */
export function classText({ attack, phase, unit, planned, atMost }: ClassPlan): string {
  const who = attack === null ? 'honest traffic' : escape(attack)
  return `${atMost ? 'at most ' : ''}${plural(planned, unit)} of ${who}${phase === 'steady' ? '' : ` ${phase}`}`
}

/** How many units of each class it takes. */
export function needsText(gate: Gate, { least, advised }: UnitsNeeded): string {
  const { units, errors, chance } = advised
  const alone = `${count(least)} units of each class without a ${EVENTS[gate.metric]}`
  if (gate.sequential !== undefined) return `${alone}, and about ${count(units)} of a good target`
  if (units <= least) return alone
  return `${alone}; ${count(units)} allow for ${count(errors)}, and let a target at a tenth of the limit pass with ${percent(chance)}`
}

const EVENTS: Readonly<Record<Gate['metric'], string>> = {
  far: 'false accept',
  frr: 'false reject',
  unavailability: 'request left unanswered',
}

/** What so many repetitions come to. */
export function effortText({ repeat, requests, seconds, secondsAtMaxRate }: Effort): string {
  const pace =
    seconds === null
      ? 'as long as the target takes to answer them'
      : `${duration(seconds)} at the scenario's own pace`
  const limited =
    secondsAtMaxRate === null ? '' : `, ${duration(secondsAtMaxRate)} at the highest rate allowed`
  return `--repeat ${repeat} is ${plural(requests, 'request')}, ${pace}${limited}`
}

/** Whole seconds; minutes and hours beside them where those are easier to grasp. */
function duration(seconds: number): string {
  const whole = Math.ceil(seconds)
  if (whole < 120) return `${whole} s`
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60)]
  return `${count(whole)} s (${hours > 0 ? `${count(hours)} h ` : ''}${minutes} min)`
}

function sequentialLines({ sequential }: GatePlan): readonly string[] {
  if (sequential === null) return []
  const { atLimit, leastToPass, fixed } = sequential
  return [
    `  in sequence: it saves requests only when failing, which takes about ${count(Math.ceil(atLimit))} units at the limit; to pass takes ${count(leastToPass)}, and ${count(fixed)} without it`,
  ]
}
