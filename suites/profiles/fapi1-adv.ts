import type { Profile } from '../../harness/model/policy.ts'
import { oidcCore } from './oidc-core.ts'

/** FAPI 1.0 Advanced: what OpenID Connect says of client assertions, with two algorithms and no secrets. */
export const fapi1Adv: Profile = {
  name: 'fapi1-adv',
  title: 'FAPI 1.0 Advanced',
  source: 'FAPI 1.0 Advanced §5.2.2, §8.6',
  policy: {
    ...oidcCore.policy,
    'alg.allow': ['PS256', 'ES256'],
    'mac.allowed': false,
  },
}
