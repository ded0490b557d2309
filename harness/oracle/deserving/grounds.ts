/** What a rule says of a credential when it does not simply let it pass. */
import type { Truth } from '../../model/history.ts'
import type { JudgedTarget } from '../../model/judging.ts'
import type { Usage } from '../../model/plan.ts'
import type { Policy } from '../../model/policy.ts'
import type { Ruling } from '../../model/verdict.ts'

/** A ruling and where it came from. */
export interface Grounds extends Ruling {
  /** Whether a declaration of the target's own settled what the profile leaves open. */
  readonly declared: boolean
  /** What an acceptance would be found as, by harness/findings.ts; null where the catalogue has no name for it. */
  readonly finding: string | null
}

/** What a credential is held against. */
export interface Standard {
  readonly policy: Policy
  readonly target: JudgedTarget
  /** Who asked. */
  readonly principal: string
}

/** The target's own clock while it judged, in microseconds; infinite where nothing is known. */
export interface Instants {
  readonly lowUs: number
  readonly highUs: number
}

/** What is judged, whenever that is. */
export interface Untimed extends Standard {
  readonly truth: Truth
  readonly usage: Usage
}

/** Null lets it pass. */
export type Rule = (matter: Untimed) => Grounds | null

/** Whether it is an assertion of RFC 7521: a credential that RFC 7523 section 3 speaks of. */
export function isAssertion(usage: Usage): boolean {
  return usage === 'client-authentication' || usage === 'authorization-grant'
}
