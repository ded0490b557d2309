/** What background load consists of: the control of a party of its own, to be minted again and again. */
import type { Step } from '../../model/plan.ts'
import type { Policy } from '../../model/policy.ts'
import type { Principal, TargetFacts } from '../../model/target.ts'
import { controlSource, PART_OF } from '../control.ts'
import { stepOf } from '../request.ts'

const USAGE = 'client-authentication'

/** A client that nobody judges. Nobody stands in for it: what an honest one loses under its load would be its own doing. */
export function pressureParty({ principals }: TargetFacts): Principal | undefined {
  return principals.find(({ usage, roles }) => usage === USAGE && roles.includes('pressure'))
}

/**
 * The request that load is made of. Whoever sends it adds a number of its own to the identifier each time.
 *
 * @throws {RangeError} When there is no party for it.
 */
export function pressureStep(scenario: string, policy: Policy, facts: TargetFacts): Step {
  const by = pressureParty(facts)
  if (by === undefined) throw new RangeError('no party for pressure')
  const name = `${scenario}/pressure`
  return stepOf(
    {
      name,
      caseId: name,
      due: { atUs: 0 },
      endpoint: 'token',
      node: null,
      principal: by.name,
      parts: {
        [PART_OF[USAGE]]: controlSource(USAGE, by, `${scenario}-`, {
          policy,
          facts,
          role: 'pressure',
        }),
      },
    },
    facts,
  )
}
