/** Whether a target is held to single use, and by whose word. */
import type { JudgedTarget } from '../../model/judging.ts'
import type { Usage } from '../../model/plan.ts'
import type { Policy, ReplayRule } from '../../model/policy.ts'
import type { Obligation } from '../../model/verdict.ts'

/** What obliges a target to refuse an assertion it has accepted before, and where that stands; null if nothing does. */
export interface SingleUse {
  readonly obligation: Obligation
  readonly spec: string
  /** The sentence behind it, in our own words. */
  readonly because: string
}

export function replayRule(policy: Policy, usage: Usage): ReplayRule {
  switch (usage) {
    case 'client-authentication':
      return policy['jti.ca.singleUse']
    case 'authorization-grant':
      return policy['jti.grant.singleUse']
    case 'bearer-token':
    case 'dpop-proof':
      return 'may'
  }
}

/**
 * The target's own promise comes first; without one the profile's demand. Under plain RFC 7523 replay protection is a MAY,
 * so that a target which is silent is not held to it.
 */
export function singleUseOf(target: JudgedTarget, policy: Policy, usage: Usage): SingleUse | null {
  if (target.declares.replay === 'single-use') {
    return {
      obligation: 'declared',
      spec: 'RFC 7523 §3 item 7',
      because: 'its own declaration promises single use',
    }
  }
  if (replayRule(policy, usage) !== 'required') return null
  return {
    obligation: 'profile',
    spec: 'OpenID Connect Core §9',
    because: 'the profile demands single use',
  }
}
