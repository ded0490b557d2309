/** Whether a target is held to single use, and by whose word. */
import type { JudgedTarget, Judging } from '../../model/judging.ts'
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
 * so that a target which is silent is not held to it. Nor is one held to either of what its documents let a client present
 * again: an identity assertion (ID-JAG §4.4.3) and a JWT-SVID (§7.1) are kept and reused, and the promise is about others.
 * A demand that its own policy makes is its own word, too: the profile that it narrows may say nothing of the kind.
 * OpenID Connect lets both sides agree on reuse, which a target says of itself by promising nothing.
 */
export function singleUseOf(target: JudgedTarget, policy: Policy, usage: Usage): SingleUse | null {
  const rule = replayRule(policy, usage)
  if (rule === 'reuse-allowed') return null
  if (target.declares.replay === 'single-use') {
    return {
      obligation: 'declared',
      spec: ITEM_7,
      because: 'its own declaration promises single use',
    }
  }
  const isAgreed = rule === 'unless-agreed' && target.declares.replay === 'not-promised'
  if (isAgreed || !demandsSingleUse(rule)) return null
  if (rule === 'unless-agreed') {
    return { obligation: 'profile', spec: 'OpenID Connect Core §9', because: UNLESS_AGREED }
  }
  return settlesReplay(target, usage)
    ? { obligation: 'declared', spec: ITEM_7, because: 'its own policy demands single use' }
    : { obligation: 'profile', spec: ITEM_7, because: 'the profile demands single use' }
}

function settlesReplay({ settles = [] }: JudgedTarget, usage: Usage): boolean {
  return settles.includes(
    usage === 'client-authentication' ? 'jti.ca.singleUse' : 'jti.grant.singleUse',
  )
}

const ITEM_7 = 'RFC 7523 §3 item 7'
const UNLESS_AGREED =
  'the profile demands single use unless reuse was agreed, which the target does not say'

/** Whether it is the rule, be there exceptions or none. */
export function demandsSingleUse(rule: ReplayRule): boolean {
  return rule === 'required' || rule === 'unless-agreed'
}

/**
 * Whether what was planned for these profiles is made to be presented again, by whatever other profile it is judged: a
 * history has one run of each request.
 */
export function isReusable(
  { policies }: Pick<Judging, 'policies'>,
  profiles: readonly string[],
  usage: Usage,
): boolean {
  const rules = profiles.map((name) => {
    const policy = policies[name]
    return policy === undefined ? null : replayRule(policy, usage)
  })
  return rules.length > 0 && rules.every((rule) => rule === 'reuse-allowed')
}
