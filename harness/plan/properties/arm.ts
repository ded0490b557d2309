/** An arm of a property: one statement asked of one usage, whatever its cases consist of. */
import type { Http, Json, Source, Step } from '../../model/plan.ts'
import type { Policy } from '../../model/policy.ts'
import type { Stream } from '../../model/scenario.ts'
import type { Principal, Random, TargetFacts } from '../../model/target.ts'
import { companion, controlSource, PART_OF } from '../control.ts'
import { stepOf } from '../request.ts'
import { search, type Drawing, type Known, type Searched } from './search.ts'
import { stem } from '../stem.ts'

/** As long as a control's, which every target that is asked accepts. */
const LIFETIME_SECONDS = 60

export interface ArmContext {
  readonly policy: Policy
  readonly facts: TargetFacts
  readonly random: Random
  /** How many cases to draw instead of what each statement says; null leaves it at that. */
  readonly runs: number | null
}

/** A case is known by its JSON throughout, so that whatever searches for the smallest need not know what it is. */
export interface Arm {
  /** How the judge sees it. */
  readonly stream: Stream
  readonly by: Principal
  /** The cases of the first round, each once. */
  readonly drawn: readonly string[]
  search(known: Known): Searched<string>
  /** The requests of a case, one after the other. */
  requests(key: string, place: CasePlace): readonly CaseRequest[]
  /** How a counterexample is told. */
  told(key: string): Readonly<Record<string, Json>>
  /**
   * Whether each case has an assertion that deserves acceptance. Then a control stands after each, since a refusal has to mean
   * something: several in a row may be those of a party that was locked out.
   */
  readonly right: boolean
  /** Whether what comes of a case is left open, so that none need tell anything. */
  readonly open: boolean
  /** What is to be said of the cases that were asked, whether or not one failed. */
  readonly covered: Json
  readonly context: ArmContext
}

export interface CasePlace {
  readonly caseId: string
  /** The name of the step that its so manyth request becomes, counted from zero. */
  readonly step: (copy: number) => string
}

export interface CaseRequest {
  readonly principal: Principal
  readonly source: Source
  /** Which node in turn; null for the next one of the arm. */
  readonly node: number | null
  /** How long after the answer to the one before, in milliseconds. */
  readonly waitMs: number
  readonly params?: readonly (readonly [string, string])[]
  readonly http?: Http
}

export interface ArmParts<Value extends Json> {
  readonly name: string
  readonly attack: string | null
  readonly usage: Stream['usage']
  readonly role: 'honest' | 'hostile'
  readonly by: Principal
  readonly arbitrary: Drawing<Value>['arbitrary']
  readonly cases: number
  readonly examples?: readonly Value[]
  readonly requests: (value: Value, place: CasePlace) => readonly CaseRequest[]
  readonly told: (value: Value) => Readonly<Record<string, Json>>
  readonly apart?: boolean
  readonly open?: boolean
  readonly covered?: Json
}

export function openArm<Value extends Json>(parts: ArmParts<Value>, context: ArmContext): Arm {
  const { name, attack, usage, role, by, cases, arbitrary, examples = [] } = parts
  const seed = Math.floor(context.random.stream(`draws/${name}`).next() * 2 ** 32) - 2 ** 31
  const drawing = { arbitrary, seed, cases, examples }
  const searched = (known: Known): Searched<string> => {
    const { smallest, unknown } = search(drawing, known)
    return {
      smallest: smallest === null ? null : JSON.stringify(smallest),
      unknown: unknown.map((each) => JSON.stringify(each)),
    }
  }
  // What a key holds was written by this very arm.
  const valueOf = (key: string): Value => JSON.parse(key)
  const drawn = searched(new Map()).unknown
  return {
    stream: {
      name,
      attack,
      usage,
      by: role,
      arrivals: { kind: 'in-turn', count: drawn.length },
      // The last presentation of an assertion says that it is the last.
      copies: 1,
      release: 'in-turn',
      gapSeconds: 0,
      nodes: 'rotate',
      lifetimeSeconds: LIFETIME_SECONDS,
    },
    by,
    drawn,
    search: searched,
    requests: (key, place) => parts.requests(valueOf(key), place),
    told: (key) => parts.told(valueOf(key)),
    right: attack === null || parts.apart === true,
    open: parts.open === true,
    covered: parts.covered ?? null,
    context,
  }
}

export interface NumberedCase {
  readonly key: string
  readonly number: number
}

interface Asked extends CaseRequest {
  readonly caseId: string
  /** Tells the requests of one case apart. */
  readonly copy: number
  readonly number: number
}

/**
 * Cases one after the other between two controls of their own party, so that a refusal means something; each at the
 * next node.
 */
export function stepsFor(
  arm: Arm,
  cases: readonly NumberedCase[],
  place: RoundPlace,
): readonly Step[] {
  const { scenario } = place
  const asked = [
    controlOf(arm, place, 'before'),
    ...cases.flatMap(({ key, number }) => {
      const caseId = `${scenario}/${arm.stream.name}/${number}`
      const step = (copy: number): string => stepName(place, caseId, copy)
      const requests = arm.requests(key, { caseId, step })
      const each = requests.map((request, copy) => ({ ...request, caseId, copy, number }))
      return arm.right ? [...each, controlOf(arm, place, `after-${number}`)] : each
    }),
    controlOf(arm, place, 'after'),
  ]
  const steps: Step[] = []
  for (const each of asked) {
    const name = stepName(place, each.caseId, each.copy)
    steps.push(stepFor(each, name, steps.at(-1), arm))
  }
  return steps
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
  { scenario, round }: RoundPlace,
  which: string,
): Asked {
  const caseId = `${scenario}/control/${name}/r${round}/${which}`
  const source = controlSource(usage, by, stem(context.random, caseId), { ...context, role })
  return { principal: by, source, node: null, waitMs: 0, caseId, copy: 0, number: 0 }
}

function stepFor(asked: Asked, name: string, previous: Step | undefined, arm: Arm): Step {
  const { stream, context } = arm
  const { facts, random } = context
  const { caseId, principal, source, node, number, waitMs, params = [], http } = asked
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
      due: previous === undefined ? { atUs: 0 } : { after: previous.name, plusUs: waitMs * 1_000 },
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
