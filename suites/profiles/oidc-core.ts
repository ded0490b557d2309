import type { Profile } from '../../harness/model/policy.ts'
import { rfc7523 } from './rfc7523.ts'

/** OpenID Connect Core 1.0 with errata set 2, section 9: the token endpoint as audience, a jti, and used once. */
export const oidcCore: Profile = {
  name: 'oidc-core',
  title: 'OpenID Connect Core 1.0, errata set 2',
  source: 'OpenID Connect Core §9',
  policy: {
    ...rfc7523.policy,
    'jti.ca.required': true,
    // Once, "unless conditions for reuse were negotiated".
    'jti.ca.singleUse': 'unless-agreed',
    'iss.ca.mustEqualSub': true,
    // The certification suite takes either code, and many certified servers answer invalid_request.
    'err.ca.codes': ['invalid_client', 'invalid_request'],
    'control.ca.audience': 'token-endpoint',
  },
}
