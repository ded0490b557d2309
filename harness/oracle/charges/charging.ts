/** What charging takes besides the settled credential. */
import type { Judging } from '../../model/judging.ts'
import type { Policy } from '../../model/policy.ts'
import type { Checks } from '../checks/checks.ts'
import type { LockOuts } from '../refusals/lock-outs.ts'
import type { Outages } from '../refusals/outage.ts'
import type { Standing } from '../refusals/standing.ts'
import type { Path } from '../replay/group.ts'
import type { Lates } from '../replay/late.ts'
import type { Scenarios } from '../scenarios/scenarios.ts'
import type { Exhibit } from '../sighting.ts'
import type { Faults } from '../time/phases.ts'
import type { Charges } from './convictions.ts'
import type { Telling } from './witness.ts'

export interface Charging {
  readonly judging: Judging
  readonly policy: Policy
  readonly telling: Telling
  readonly standing: Standing
  readonly lockOuts: LockOuts
  readonly outages: Outages
  readonly faults: Pick<Faults, 'windowAt'>
  readonly late: Lates
  readonly scenarios: Pick<Scenarios, 'sum' | 'doubt'>
  /** Whether anything between harness and target may have repeated a request. */
  readonly way: { readonly path: Path }
  readonly checks: Pick<Checks, 'checkOf' | 'profilesOf'>
  readonly charges: Pick<Charges, 'add'>
}

export function about({ scenario, caseId }: Exhibit): {
  readonly scenario: string
  readonly caseId: string
} {
  return { scenario, caseId }
}
