/** Revoking the tokens that come back for a stream's assertions, and trying them before and afterwards (RFC 7009). */
import type { Due, Source, Step } from '../../model/plan.ts'
import type { Revokes, Stream } from '../../model/scenario.ts'
import type { EndpointName, TargetFacts } from '../../model/target.ts'
import { PART_OF } from '../control.ts'
import { paramsFor } from '../request.ts'
import { placesIn } from './trying.ts'

/** Why the target cannot be sent a stream whose tokens are revoked, or null if it can, or none are. */
export function lacksForRevoking({ revokes }: Stream, { endpoints }: TargetFacts): string | null {
  if (revokes === undefined) return null
  if (endpoints.revocation === undefined)
    return 'needs a revocation endpoint (endpoints.revocation in the target file)'
  return placesIn({ endpoints }).length === 0
    ? 'needs somewhere to try a token (endpoints.introspection or endpoints.resource in the target file)'
    : null
}

/** How many steps come of one arrival. */
export function stepsOfRevoking({ tries }: Revokes, facts: TargetFacts): number {
  return 2 + triesOf(facts).length * (1 + tries)
}

/** Each node, and what can be asked there. */
function triesOf(facts: TargetFacts): readonly Pick<Following, 'node' | 'endpoint'>[] {
  const nodes = facts.nodes.length === 0 ? [null] : facts.nodes
  return nodes.flatMap((node) => placesIn(facts).map((endpoint) => ({ node, endpoint })))
}

interface Revoking {
  readonly revokes: Revokes
  readonly facts: TargetFacts
  /** What its own client authenticates with, freshly for each step. */
  readonly asClient: (name: string) => Source
}

/**
 * A step, and after it those that its token goes through. In each place one try follows the other, so that their order is
 * beyond doubt; what goes to different places goes at the same time.
 */
export function* revokingEach(step: Step, { revokes, ...making }: Revoking): Generator<Step> {
  const places = triesOf(making.facts)
  yield step
  let last = step.name
  for (const [index, place] of places.entries()) {
    const name = `${step.name}/before-${index + 1}`
    yield following(step, { ...place, name, due: { after: last, plusUs: 0 } }, making)
    last = name
  }
  const revoked = `${step.name}/revoked`
  yield following(
    step,
    { name: revoked, node: step.node, endpoint: 'revocation', due: { after: last, plusUs: 0 } },
    making,
  )
  const everyUs = Math.round(revokes.everySeconds * 1e6)
  for (let turn = 1; turn <= revokes.tries; turn++) {
    for (const [index, place] of places.entries()) {
      const name = (which: number): string => `${step.name}/after-${index + 1}-${which}`
      const due =
        turn === 1 ? { after: revoked, plusUs: 0 } : { after: name(turn - 1), plusUs: everyUs }
      yield following(step, { ...place, name: name(turn), due }, making)
    }
  }
}

interface Following {
  readonly name: string
  readonly node: string | null
  readonly endpoint: EndpointName
  readonly due: Due
}

/** One request with the token that came for a step. */
function following(
  of: Step,
  { name, node, endpoint, due }: Following,
  { facts, asClient }: Omit<Revoking, 'revokes'>,
): Step {
  const token: Source = { kind: 'taken', step: of.name, what: 'access-token', follows: true }
  const parts: Step['parts'] =
    endpoint === 'resource'
      ? { [PART_OF['bearer-token']]: token }
      : { client_assertion: asClient(name), token }
  return {
    ...of,
    name,
    due,
    endpoint,
    node,
    parts,
    params: paramsFor({ endpoint, principal: of.principal, parts }, facts),
    race: null,
  }
}
