/** What one round asks of an arm: its cases as requests, the controls around them, and what is broken meanwhile. */
import type { Due, FaultWindow, Source, Step } from '../../model/plan.ts'
import { companion, controlSource, PART_OF } from '../control.ts'
import { stepOf } from '../request.ts'
import { stem } from '../stem.ts'
import type { Arm, CaseRequest, Turn } from './arm.ts'

export interface NumberedCase {
  readonly key: string
  readonly number: number
}

interface Asked extends CaseRequest {
  readonly name: string
  readonly caseId: string
  readonly number: number
}

/** What is asked of an arm in one round, and what is broken meanwhile. */
export interface AskedOfArm {
  readonly steps: readonly Step[]
  readonly faults: readonly FaultWindow[]
}

/**
 * Cases one after the other between two controls of their own party, so that a refusal means something; each at the
 * next node. Where something lies between their halves, the first halves of all of them come before it.
 */
export function askedOf(arm: Arm, cases: readonly NumberedCase[], place: RoundPlace): AskedOfArm {
  const { turn } = arm
  const restSeconds = turn === undefined || place.round === 0 ? 0 : turn.restSeconds
  const first = [
    controlOf(arm, place, 'before'),
    ...cases.flatMap((each) => half(arm, each, place, false)),
  ]
  const later = cases.flatMap((each) => half(arm, each, place, true))
  const second =
    turn === undefined || later.length === 0 ? [] : [...heralds(arm, turn, place), ...later]
  const steps: Step[] = []
  for (const each of [...first, ...second, controlOf(arm, place, 'after')]) {
    const heldSeconds = each === second[0] ? (turn?.settlesSeconds ?? 0) : 0
    steps.push(stepFor(each, dueAfter(steps.at(-1), each, { restSeconds, heldSeconds }), arm))
  }
  const [before, until] = [steps[first.length - 1], steps.at(-1)]
  const isTurned = turn !== undefined && second.length > 0
  if (!isTurned || before === undefined || until === undefined) return { steps, faults: [] }
  const { fault, on } = turn
  const window = { fault, on, startSeconds: restSeconds, endSeconds: restSeconds + MOST_SECONDS }
  return { steps, faults: [{ ...window, between: [before.name, until.name] }] }
}

/** However slow a target is, its keys are mended after that. */
const MOST_SECONDS = 300

/** The right request after each tells a node that does not know yet what it was told of from one that locks its sender out. */
function heralds(arm: Arm, { heralded }: Turn, place: RoundPlace): readonly Asked[] {
  const { facts, random } = arm.context
  return Array.from({ length: Math.max(1, facts.nodes.length) }, (_, node) => {
    const herald = controlOf(arm, place, `turn-${node}`)
    return [
      { ...herald, source: heralded(stem(random, herald.caseId)), node },
      { ...controlOf(arm, place, `turned-${node}`), node },
    ]
  }).flat()
}

/** The requests of a case on one side of the turn, and a control after them where a refusal has to mean something. */
function half(
  arm: Arm,
  { key, number }: NumberedCase,
  place: RoundPlace,
  isSecond: boolean,
): readonly Asked[] {
  const { scenario } = place
  const caseId = `${scenario}/${arm.stream.name}/${number}`
  const step = (copy: number): string => stepName(place, caseId, copy)
  const own = arm.requests(key, { caseId, step }).flatMap((request, copy): readonly Asked[] => {
    const { turned = false, stream = arm.stream.name } = request
    if (turned !== isSecond) return []
    return [{ ...request, name: step(copy), caseId: `${scenario}/${stream}/${number}`, number }]
  })
  if (!arm.right || own.length === 0) return own
  return [...own, controlOf(arm, place, `after-${number}${isSecond ? '-turned' : ''}`)]
}

interface RoundPlace {
  readonly scenario: string
  readonly round: number
}

function stepName({ scenario, round }: RoundPlace, caseId: string, copy: number): string {
  return `${scenario}/r${round}/${caseId.slice(scenario.length + 1)}/c${copy}`
}

function controlOf(
  { stream: { name, usage, by: role }, by, context }: Arm,
  place: RoundPlace,
  which: string,
): Asked {
  const { scenario, round } = place
  const caseId = `${scenario}/control/${name}/r${round}/${which}`
  const source = controlSource(usage, by, stem(context.random, caseId), { ...context, role })
  return {
    principal: by,
    source,
    node: null,
    waitMs: 0,
    name: stepName(place, caseId, 0),
    caseId,
    number: 0,
  }
}

function dueAfter(
  previous: Step | undefined,
  { waitMs }: Asked,
  { restSeconds, heldSeconds }: Readonly<Record<'restSeconds' | 'heldSeconds', number>>,
): Due {
  return previous === undefined
    ? { atUs: Math.round(restSeconds * 1e6) }
    : { after: previous.name, plusUs: Math.round(waitMs * 1_000 + heldSeconds * 1e6) }
}

function stepFor(asked: Asked, due: Due, arm: Arm): Step {
  const { stream, context } = arm
  const { facts, random } = context
  const { name, caseId, principal, source, node, number, params = [], http } = asked
  const { usage, by: role } = stream
  const beside = companion(usage, { ...context, role })
  const parts: [string, Source][] = [[PART_OF[usage], source]]
  if (beside !== undefined) {
    const jti = stem(random, `${name}/beside`)
    const client = 'client-authentication'
    parts.unshift([PART_OF[client], controlSource(client, beside, jti, { ...context, role })])
  }
  const step = stepOf(
    {
      name,
      caseId,
      due,
      endpoint: usage === 'bearer-token' ? 'resource' : 'token',
      node: facts.nodes[(node ?? number) % Math.max(1, facts.nodes.length)] ?? null,
      principal: principal.name,
      parts: Object.fromEntries(parts),
      ...(http === undefined ? {} : { http }),
    },
    facts,
  )
  return { ...step, params: [...step.params, ...params] }
}
