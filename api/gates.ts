/** Gates beside those of scenario files: which scenarios they are for, what they take, and when they are refused. */
import { CupelError } from '../harness/errors.ts'
import type { Effort, GatePlan, ScenarioGatePlan } from '../harness/model/gate-plan.ts'
import type { Gate, Scenario } from '../harness/model/scenario.ts'
import {
  cannotPass,
  concerns,
  planGate,
  type GatePlanning,
} from '../harness/plan/scenarios/gate-plan.ts'
import { classText, effortText, needsText } from '../reports/gate-plan-text.ts'
import { gateText } from '../reports/gate-text.ts'

/** What has streams that a gate may be about, and gates of its own: a scenario, planned or judged. */
type Gated = Pick<Scenario, 'name' | 'streams' | 'gates'>

/**
 * The same scenarios, each with the gates that concern it.
 *
 * @throws {CupelError} ERR_CONFIG_INVALID for a gate that concerns none of them.
 */
export function withGates<Each extends Gated>(
  scenarios: readonly Each[],
  gates: readonly Gate[],
): readonly Each[] {
  for (const gate of gates) {
    if (scenarios.some((scenario) => concerns(gate, scenario))) continue
    throw idle(gate, scenarios)
  }
  return scenarios.map((scenario) => ({
    ...scenario,
    gates: [...scenario.gates, ...gates.filter((gate) => concerns(gate, scenario))],
  }))
}

function idle(gate: Gate, scenarios: readonly Gated[]): CupelError {
  const text = gateText(gate)
  if (scenarios.length === 0) {
    return new CupelError('ERR_CONFIG_INVALID', `gate ${text}: no scenario is asked`, {
      hint: 'A gate is a limit on a rate, and rates are of scenarios: name one with --scenario.',
    })
  }
  const attacks = scenarios.flatMap(({ streams }) => streams.map(({ attack }) => attack))
  const classes = [...new Set(attacks.filter((attack) => attack !== null))]
  const known = classes.length === 0 ? 'nothing hostile' : classes.join(', ')
  const missing = gate.attack === null ? 'it counts' : `of class ${gate.attack}`
  return new CupelError(
    'ERR_CONFIG_INVALID',
    `gate ${text}: nothing ${missing} is sent by ${scenarios.map(({ name }) => name).join(', ')}`,
    {
      hint: `Their attack classes are: ${known}. \`cupel explain NAME\` tells what a scenario sends.`,
    },
  )
}

/** What every gate of these scenarios takes; one that several of them have is told once. */
export function gatePlans(
  scenarios: readonly Scenario[],
  planning: GatePlanning,
): readonly GatePlan[] {
  const gates = Map.groupBy(
    scenarios.flatMap((scenario) => scenario.gates.map((gate) => ({ gate, scenario }))),
    ({ gate }) => JSON.stringify(gate),
  )
  return [...gates.values()].flatMap((group) => {
    const gate = group[0]?.gate
    const asked = group.map(({ scenario }) => scenario)
    return gate === undefined ? [] : [planGate(gate, asked, planning)]
  })
}

/**
 * Refuses gates that no answer could let pass, all at once: a limit that cannot be held says nothing about a target.
 *
 * @throws {CupelError} ERR_CONFIG_INVALID
 */
export function refuseHopeless(plans: readonly GatePlan[]): void {
  const hopeless = plans.flatMap((plan) =>
    plan.scenarios
      .filter((scenario) => cannotPass(scenario, plan.needs))
      .map((scenario) => ({ plan, scenario })),
  )
  if (hopeless.length === 0) return
  const advised = hopeless.map(({ scenario }) => scenario.advised)
  const repeat = Math.max(...advised.map((effort) => effort?.repeat ?? 0))
  throw new CupelError(
    'ERR_CONFIG_INVALID',
    hopeless.map(({ plan, scenario }) => tooFew(plan, scenario)).join('\n'),
    {
      hint: advised.includes(null)
        ? 'Leave that gate out, or name a phase in which something is sent. --dry-run prints what each gate takes.'
        : `--repeat ${repeat} lets a target at a tenth of the limit pass; --dry-run prints what each gate takes.`,
    },
  )
}

function tooFew({ gate, needs }: GatePlan, plan: ScenarioGatePlan): string {
  const { scenario, classes, advised } = plan
  const short = classes.filter(({ planned }) => planned < needs.least).map(classText)
  const what = short.length === 0 ? 'nothing that it counts' : short.join(', ')
  const takes = advised === null ? 'No number of repetitions makes it pass' : effortText(advised)
  return `gate ${gateText(gate)} cannot pass: ${scenario} plans ${what}; it takes ${needsText(gate, needs)}. ${takes}`
}

/**
 * The default run asks each scenario once, which is far too little for a gate: it is told what it would take.
 *
 * @throws {CupelError} ERR_CONFIG_INVALID
 */
export function refuseOnDefault(gates: readonly Gate[], plans: readonly GatePlan[]): void {
  const [gate] = gates
  if (gate === undefined) return
  const efforts = plans.flatMap(({ scenarios }) => scenarios.map(({ advised }) => advised))
  const known = efforts.filter((effort) => effort !== null)
  const requests = known.reduce((sum, effort) => sum + effort.requests, 0)
  const seconds = Math.ceil(known.reduce((sum, effort) => sum + secondsOf(effort), 0))
  throw new CupelError(
    'ERR_CONFIG_INVALID',
    `gate ${gates.map(gateText).join(', ')}: the default run decides no gate; over all its scenarios that would take ${seconds} s and ${requests} requests`,
    {
      hint: `Name the scenario it is for, and how often to ask it: --scenario baseline --gate '${gateText(gate)}' --repeat N. --dry-run prints what it takes.`,
    },
  )
}

/** At least: what goes at the target's own pace is not in it. */
function secondsOf({ seconds, secondsAtMaxRate }: Effort): number {
  return secondsAtMaxRate ?? seconds ?? 0
}
