import type { Profile } from '../../harness/model/policy.ts'
import { rfc7523 } from './rfc7523.ts'

/** SMART Backend Services: the token endpoint as audience, five minutes at most, and identifiers that must be tracked. */
export const smartBackend: Profile = {
  name: 'smart-backend',
  title: 'SMART App Launch 2, asymmetric client authentication',
  source: 'SMART App Launch 2, Client Authentication: Asymmetric',
  policy: {
    ...rfc7523.policy,
    'jti.ca.required': true,
    'jti.ca.singleUse': 'required',
    'iss.ca.mustEqualSub': true,
    'mac.allowed': false,
    // Said to the client; that a server must refuse what lives longer only follows from it.
    'lifetime.maxSeconds': 300,
    'control.ca.audience': 'token-endpoint',
  },
}
