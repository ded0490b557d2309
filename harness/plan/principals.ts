/** Who asks for what: honest and hostile traffic come from different parties wherever the target has more than one. */
import type { Usage } from '../model/plan.ts'
import type { Principal, Role, TargetFacts } from '../model/target.ts'

/** The party for a role; with too few parties registered, whoever there is stands in. Undefined when there is none. */
export function principalFor(facts: TargetFacts, usage: Usage, role: Role): Principal | undefined {
  const able = facts.principals.filter((each) => each.usage === usage)
  return able.find((each) => each.roles.includes(role)) ?? able[0]
}

/** A registered party other than this one, for what takes two. */
export function anotherThan(facts: TargetFacts, principal: Principal): Principal | undefined {
  const others = facts.principals.filter(
    (each) => each.usage === principal.usage && each.id !== principal.id,
  )
  return others.find((each) => each.roles.includes('spare')) ?? others[0]
}

/** The registered party whose name goes on where this one's ends. */
export function namesakeOf(facts: TargetFacts, principal: Principal): Principal | undefined {
  return facts.principals.find(
    ({ usage, id }) =>
      usage === principal.usage && id !== principal.id && id.startsWith(principal.id),
  )
}

/** Those who may send a lost control again: spare parties first, and never the one that lost it. */
export function freshPrincipals(
  facts: TargetFacts,
  usage: Usage,
  not: string,
): readonly Principal[] {
  const others = facts.principals.filter((each) => each.usage === usage && each.name !== not)
  const spare = others.filter((each) => each.roles.includes('spare'))
  return [...spare, ...others.filter((each) => !spare.includes(each))]
}
