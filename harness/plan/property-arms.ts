/** The arms of a property: one statement asked of one usage, with its party, its drawn cases and the requests for them. */
import type { Source, Step, Usage } from '../model/plan.ts'
import type { Policy } from '../model/policy.ts'
import type { Property, Statement, Variation } from '../model/property.ts'
import type { Stream } from '../model/scenario.ts'
import type { KeyFacts, Principal, Random, TargetFacts } from '../model/target.ts'
import {
  controlAudience,
  controlClaims,
  controlHeader,
  controlKey,
  PART_OF,
  USAGE_LETTERS,
  type Claims,
} from './control.ts'
import { writtenLike, type Plain, type Written } from './draw.ts'
import { principalFor } from './principals.ts'
import { stepOf } from './request.ts'
import { search, type Drawing } from './search.ts'
import { stem } from './stem.ts'

/** As long as a control's, which every target that is asked accepts. */
const LIFETIME_SECONDS = 60

export interface ArmContext {
  readonly policy: Policy
  readonly facts: TargetFacts
  readonly random: Random
}

export interface Arm {
  /** How the judge sees it. */
  readonly stream: Stream
  readonly by: Principal
  readonly key: KeyFacts
  /** What is varied: the control, whose jti is filled in last. */
  readonly control: Plain
  readonly drawing: Drawing<Written>
  /** The cases of the first round, each once. */
  readonly drawn: readonly Written[]
  readonly context: ArmContext
}

/** One for each statement and usage that the target has a party for. */
export function arms(property: Property, context: ArmContext): readonly Arm[] {
  const usages = property.usages.filter((usage) => context.facts.usages.includes(usage))
  return property.statements.flatMap((statement) =>
    usages.flatMap((usage) => armOf(property, statement, usage, context) ?? []),
  )
}

function armOf(
  { variations }: Property,
  statement: Statement,
  usage: Usage,
  context: ArmContext,
): Arm | null {
  const { facts, policy, random } = context
  const by = principalFor(facts, usage, statement.by)
  if (by === undefined) return null
  const key = controlKey(by)
  const name = `${statement.name}-${USAGE_LETTERS[usage]}`
  const control = {
    header: controlHeader(usage, key, policy),
    claims: controlClaims(usage, by, { audience: controlAudience(usage, policy, facts), stem: '' }),
  }
  const harmless = variations.filter((each) => isHarmless(each, usage, by))
  const drawing = {
    arbitrary: writtenLike(control, harmless, statement.spoilings),
    seed: Math.floor(random.stream(`draws/${name}`).next() * 2 ** 32) - 2 ** 31,
    cases: statement.cases,
  }
  const drawn = search(drawing, new Map()).unknown
  return {
    stream: {
      name,
      attack: statement.attack,
      usage,
      by: statement.by,
      arrivals: { kind: 'in-turn', count: drawn.length },
      copies: 1,
      release: 'in-turn',
      gapSeconds: 0,
      nodes: 'rotate',
      lifetimeSeconds: LIFETIME_SECONDS,
    },
    by,
    key,
    control,
    drawing,
    drawn,
    context,
  }
}

function isHarmless(variation: Variation, usage: Usage, by: Principal): boolean {
  if (variation.kind !== 'claim' && variation.kind !== 'header') return true
  const { usages, needs } = variation
  return (usages?.includes(usage) ?? true) && (needs === undefined || by.keys.length === 1)
}

/**
 * Cases one after the other between two controls of their own party, so that a refusal means something; each at the
 * next node.
 */
export function stepsFor(
  arm: Arm,
  cases: readonly { readonly written: Written; readonly number: number }[],
  { scenario, round }: { readonly scenario: string; readonly round: number },
): readonly Step[] {
  const { stream, context } = arm
  const plain: Written = { ...arm.control, defect: null, indent: '' }
  const around = (which: string): string => `${scenario}/control/${stream.name}/r${round}/${which}`
  const requests = [
    { caseId: around('before'), written: plain, number: 0 },
    ...cases.map((each) => ({ ...each, caseId: `${scenario}/${stream.name}/${each.number}` })),
    { caseId: around('after'), written: plain, number: 0 },
  ]
  const steps: Step[] = []
  for (const { caseId, written, number } of requests) {
    const previous = steps.at(-1)
    const { nodes } = context.facts
    steps.push(
      stepOf(
        {
          name: `${scenario}/r${round}/${caseId.slice(scenario.length + 1)}/c0`,
          caseId,
          due: previous === undefined ? { atUs: 0 } : { after: previous.name, plusUs: 0 },
          endpoint: stream.usage === 'bearer-token' ? 'resource' : 'token',
          node: nodes[number % Math.max(1, nodes.length)] ?? null,
          principal: arm.by.name,
          parts: { [PART_OF[stream.usage]]: sourceOf(arm, caseId, written) },
        },
        context.facts,
      ),
    )
  }
  return steps
}

function sourceOf(
  { stream, key, context }: Arm,
  caseId: string,
  { header, claims, defect, indent }: Written,
): Source {
  return {
    kind: 'minted',
    usage: stream.usage,
    signer: key.name,
    header,
    claims: withIdentifier(claims, stem(context.random, caseId)),
    defect,
    ...(indent === '' ? {} : { indent }),
    last: true,
  }
}

/** The claims in their order, under an identifier of their own. */
function withIdentifier(claims: Claims, jti: string): Claims {
  return Object.fromEntries(
    Object.entries(claims).map(([name, value]) => [name, name === 'jti' ? { $jti: jti } : value]),
  )
}
