/** One case of a property as an earlier run drew it, asked again under the id that it had there, and nothing else. */
import type { Json } from '../../model/plan.ts'
import type { Policy } from '../../model/policy.ts'
import type { Property } from '../../model/property.ts'
import type { Random, TargetFacts } from '../../model/target.ts'
import { askedOf } from './asked.ts'
import { arms } from './property-arms.ts'
import { judgedAs, type PlannedProperty } from './property.ts'

/** A case that failed once, as its run kept it. */
export interface DrawnCase {
  readonly caseId: string
  readonly drawn: Json
}

/** Its number says which node it goes to, so that it goes to the one that it went to then. */
export function planDrawnCase(
  property: Property,
  policy: Policy,
  facts: TargetFacts,
  { random, caseId, drawn }: { readonly random: Random } & DrawnCase,
): PlannedProperty {
  const own = arms(property, { policy, facts, random, runs: 1 }).filter(({ stream, besides }) =>
    [stream, ...besides].some(({ name }) => caseId.startsWith(`${property.name}/${name}/`)),
  )
  const number = Number(caseId.split('/').at(-1))
  const cases = [{ key: JSON.stringify(drawn), number }]
  const asked = own.map((arm) => askedOf(arm, cases, { scenario: property.name, round: 0 }))
  const ask = asked.flatMap(({ steps }) => steps)
  const faults = asked.flatMap((each) => each.faults)
  const { name, question } = property
  return {
    // How many a whole property needs is of no matter for one.
    judged: { ...judgedAs(property, own), guards: [], faults },
    experiment: {
      name,
      question,
      start: () => (ask.length === 0 ? { conclude: null } : { ask, faults, state: null }),
      next: () => ({ conclude: null }),
    },
  }
}
