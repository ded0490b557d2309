/** The controls of a block of checks: the requests that deserve acceptance, by whoever sends the block. */
import type { Block } from '../../model/judging.ts'
import type { Due, Step } from '../../model/plan.ts'
import type { Policy } from '../../model/policy.ts'
import type { Principal, Random, TargetFacts } from '../../model/target.ts'
import { companion, controlSource, PART_OF } from '../control.ts'
import { stepOf } from '../request.ts'
import { stem } from '../stem.ts'

/** The scenario name under which all checks stand in a history. */
export const CHECKS = 'checks'

export interface PlacedBlock {
  readonly block: Block
  readonly principal: Principal
  readonly node: string | null
  readonly policy: Policy
}

export function bareRequest(
  { block, node, principal }: PlacedBlock,
  due: Due,
  facts: TargetFacts,
): Step {
  const caseId = `control/${block.id}/bare`
  const name = `${CHECKS}/r0/${caseId}`
  const request = { name, caseId, due, node, principal: principal.name, parts: {} }
  return stepOf({ ...request, endpoint: 'resource' }, facts)
}

export interface ControlAt {
  readonly which: string
  readonly by: Principal
  readonly due: Due
  readonly round?: number
}

export function control(
  { block, node, policy }: PlacedBlock,
  { which, by, due, round = 0 }: ControlAt,
  { facts, random }: { readonly facts: TargetFacts; readonly random: Random },
): Step {
  const caseId = `control/${block.id}/${which}`
  const { usage } = block
  const role = by.roles[0] ?? 'honest'
  const making = { policy, facts, role } as const
  const beside = companion(usage, making)
  return stepOf(
    {
      name: `${CHECKS}/r${round}/${caseId}`,
      caseId,
      due,
      endpoint: usage === 'bearer-token' ? 'resource' : 'token',
      node,
      principal: by.name,
      parts: {
        ...(beside === undefined
          ? {}
          : {
              [PART_OF['client-authentication']]: controlSource(
                'client-authentication',
                beside,
                stem(random, `${caseId}/beside`),
                making,
              ),
            }),
        [PART_OF[usage]]: controlSource(usage, by, stem(random, caseId), making),
      },
    },
    facts,
  )
}
