import type { Profile } from '../../harness/model/policy.ts'
import { rfc7523bis } from './rfc7523bis.ts'

/** JWT-SVIDs as client assertions: agents keep and reuse them, and who issued them is said by their trust domain. */
export const spiffe: Profile = {
  name: 'spiffe',
  title: 'SPIFFE JWT-SVID, also as client authentication (draft)',
  source: 'JWT-SVID §2, §3; OAuth SPIFFE Client Authentication §3',
  policy: {
    ...rfc7523bis.policy,
    // JWT-SVID section 7.1: validators need not track identifiers.
    'jti.ca.singleUse': 'reuse-allowed',
    'iss.ca.required': false,
    // JWT-SVID section 2.1.
    'alg.allow': ['RS256', 'RS384', 'RS512', 'ES256', 'ES384', 'ES512', 'PS256', 'PS384', 'PS512'],
    'mac.allowed': false,
    // JWT-SVID section 2.3, which RFC 10070's explicit type does not go with.
    'typ.ca': 'plain',
  },
}
