import { expect, test } from 'vitest'
import type { Usage } from '../../../harness/model/plan.ts'
import type { Parameter, Policy } from '../../../harness/model/policy.ts'
import { replayRule, singleUseOf } from '../../../harness/oracle/deserving/obligation.ts'
import { policyNamed, targetWith } from './histories.ts'

const USAGES: readonly Usage[] = [
  'client-authentication',
  'authorization-grant',
  'bearer-token',
  'dpop-proof',
]

/** One that demands single use of clients alone, or of grants alone. */
function demanding(usage: 'ca' | 'grant'): Policy {
  const rule = (of: string) => (of === usage ? 'required' : 'may')
  return {
    ...policyNamed('rfc7523'),
    'jti.ca.singleUse': rule('ca'),
    'jti.grant.singleUse': rule('grant'),
  }
}

test('a profile obliges to single use of what it names, and never of access tokens or proofs', () => {
  const rules = (policy: Policy) => USAGES.map((usage) => replayRule(policy, usage))
  expect(rules(demanding('ca'))).toEqual(['required', 'may', 'may', 'may'])
  expect(rules(demanding('grant'))).toEqual(['may', 'required', 'may', 'may'])
  const silent = targetWith()
  const obliged = USAGES.map((usage) => singleUseOf(silent, demanding('grant'), usage))
  expect(obliged).toEqual([
    null,
    {
      obligation: 'profile',
      spec: 'RFC 7523 §3 item 7',
      because: 'the profile demands single use',
    },
    null,
    null,
  ])
})

test('a target that promises is held to its promise first, whatever the profile says', () => {
  const promising = targetWith({ replay: 'single-use' })
  const declared = {
    obligation: 'declared',
    spec: 'RFC 7523 §3 item 7',
    because: 'its own declaration promises single use',
  }
  for (const policy of [policyNamed('rfc7523'), demanding('ca')]) {
    expect(singleUseOf(promising, policy, 'client-authentication')).toEqual(declared)
  }
  expect(singleUseOf(targetWith(), policyNamed('rfc7523'), 'client-authentication')).toBeNull()
})

test('what its own policy demands is a target’s word, and not the profile’s', () => {
  const told = (parameter: Parameter, usage: Usage) =>
    singleUseOf(
      { ...targetWith(), settles: [parameter] },
      demanding(usage === 'client-authentication' ? 'ca' : 'grant'),
      usage,
    )
  const its = {
    obligation: 'declared',
    spec: 'RFC 7523 §3 item 7',
    because: 'its own policy demands single use',
  }
  expect(told('jti.ca.singleUse', 'client-authentication')).toEqual(its)
  expect(told('jti.grant.singleUse', 'authorization-grant')).toEqual(its)
  expect(told('jti.grant.singleUse', 'client-authentication')?.obligation).toBe('profile')
  expect(told('err.own.codes', 'authorization-grant')?.obligation).toBe('profile')
})

test('a target of which reuse was agreed is held to single use only where no exception is made for that', () => {
  const agreed = targetWith({ replay: 'not-promised' })
  const obliged = (name: string, target = agreed) =>
    singleUseOf(target, policyNamed(name), 'client-authentication')?.obligation ?? null
  // OpenID Connect Core §9: "unless conditions for reuse were negotiated between the parties".
  expect(['oidc-core', 'oidc-e3', 'fapi1-adv', 'fapi2'].map((name) => obliged(name))).toEqual([
    null,
    null,
    null,
    null,
  ])
  expect(obliged('oidc-core', targetWith())).toBe('profile')
  expect(singleUseOf(targetWith(), policyNamed('oidc-core'), 'client-authentication')?.spec).toBe(
    'OpenID Connect Core §9',
  )
  expect(obliged('smart-backend')).toBe('profile')
})
