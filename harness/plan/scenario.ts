/** From a scenario's data to an experiment of one round: every request by name, due time and node, drawn from no answer. */
import type { Experiment } from '../model/experiment.ts'
import type { Due, Source, Step } from '../model/plan.ts'
import type { Policy } from '../model/policy.ts'
import type { Scenario, Stream } from '../model/scenario.ts'
import type { Principal, Random, TargetFacts } from '../model/target.ts'
import { controlAudience, controlClaims, controlHeader, PART_OF } from './control.ts'
import { principalFor } from './principals.ts'
import { stepOf } from './request.ts'
import { stem } from './stem.ts'

/** Why a target cannot run a scenario, or null if it can. */
export function lacks(
  scenario: Scenario,
  facts: TargetFacts,
  controls: readonly string[],
): string | null {
  if (facts.nodes.length < scenario.nodes) {
    return `needs ${scenario.nodes} nodes that can be asked one by one; the target has ${facts.nodes.length}`
  }
  const missing = scenario.needs.filter((need) => !controls.includes(need))
  if (missing.length > 0)
    return `needs the control ${missing.join(', ')}, which the target does not offer`
  const mute = scenario.streams.find((stream) => !facts.usages.includes(stream.usage))
  return mute === undefined ? null : `the target has no ${mute.usage}`
}

export function planScenario(
  scenario: Scenario,
  policy: Policy,
  facts: TargetFacts,
  random: Random,
): Experiment {
  return {
    name: scenario.name,
    question: scenario.question,
    start: () => ({
      ask: scenario.streams.flatMap((stream) =>
        stepsOf(stream, { scenario: scenario.name, policy, facts, random }),
      ),
      faults: scenario.faults,
      state: null,
    }),
    next: () => ({ conclude: null }),
  }
}

interface Context {
  readonly scenario: string
  readonly policy: Policy
  readonly facts: TargetFacts
  readonly random: Random
}

function stepsOf(stream: Stream, context: Context): readonly Step[] {
  const by = principalFor(context.facts, stream.usage, stream.by)
  if (by === undefined) throw new RangeError(`no party for ${stream.usage}`)
  const steps: Step[] = []
  for (let arrival = 0; arrival < arrivalsOf(stream); arrival++) {
    const previous = steps.at(-1)?.name ?? null
    steps.push(
      ...copiesOf(stream, { arrival, due: arrivalDue(stream, arrival, previous), by }, context),
    )
  }
  return steps
}

function arrivalsOf({ arrivals }: Stream): number {
  return arrivals.kind === 'in-turn'
    ? arrivals.count
    : Math.floor((arrivals.endSeconds - arrivals.startSeconds) * arrivals.perSecond)
}

function arrivalDue({ arrivals }: Stream, arrival: number, previous: string | null): Due {
  switch (arrivals.kind) {
    case 'even':
      return { atUs: Math.round((arrivals.startSeconds + arrival / arrivals.perSecond) * 1e6) }
    case 'in-turn':
      return previous === null ? { atUs: 0 } : { after: previous, plusUs: 0 }
  }
}

function copiesOf(
  stream: Stream,
  { arrival, due, by }: { readonly arrival: number; readonly due: Due; readonly by: Principal },
  { scenario, policy, facts, random }: Context,
): readonly Step[] {
  const caseId = `${scenario}/${stream.name}/${arrival}`
  const name = (copy: number): string => `${scenario}/r0/${stream.name}/${arrival}/c${copy}`
  const part = PART_OF[stream.usage]
  const audience = controlAudience(stream.usage, policy, facts)
  const jti = stem(random, caseId)
  const key = by.keys[0]
  if (key === undefined) throw new RangeError(`${by.name} has no key`)
  const first: Source = {
    kind: 'minted',
    usage: stream.usage,
    signer: key.name,
    header: controlHeader(stream.usage, by),
    claims: controlClaims(stream.usage, by, {
      audience,
      stem: jti,
      lifetimeSeconds: stream.lifetimeSeconds,
    }),
    defect: null,
    last: stream.copies === 1,
  }
  return Array.from({ length: stream.copies }, (_, copy) => {
    const again: Source = {
      kind: 'again',
      step: name(0),
      part,
      altered: null,
      last: copy === stream.copies - 1,
    }
    return stepOf(
      {
        name: name(copy),
        caseId,
        due: copy === 0 || stream.release === 'together' ? due : afterCopy(name(copy - 1), stream),
        endpoint: stream.usage === 'bearer-token' ? 'resource' : 'token',
        node: nodeFor(stream, arrival, copy, facts.nodes),
        principal: by.name,
        parts: { [part]: copy === 0 ? first : again },
        ...(stream.release === 'together' ? { race: caseId } : {}),
      },
      facts,
    )
  })
}

function afterCopy(step: string, { gapSeconds }: Stream): Due {
  return { after: step, plusUs: Math.round(gapSeconds * 1e6) }
}

function nodeFor(
  { nodes: rule }: Stream,
  arrival: number,
  copy: number,
  nodes: readonly string[],
): string | null {
  const at = (index: number): string | null => nodes[index % Math.max(1, nodes.length)] ?? null
  if (typeof rule === 'object') return copy === 0 ? rule.first : rule.then
  switch (rule) {
    case 'rotate':
      return at(arrival)
    case 'first-then-others':
      return at(arrival + copy)
    case 'spread':
      return at(copy)
  }
}
