import type { Profile } from '../../harness/model/policy.ts'
import { oidcE3 } from './oidc-e3.ts'

/** FAPI 2.0 Security Profile Final: the issuer as one string, and numbers for clocks that run ahead. */
export const fapi2: Profile = {
  name: 'fapi2',
  title: 'FAPI 2.0 Security Profile',
  source: 'FAPI 2.0 Security Profile §5.3.2.1, §5.4.1',
  policy: {
    ...oidcE3.policy,
    // Section 5.4.1; Ed25519 is EdDSA with that curve by another name (RFC 9864).
    'alg.allow': ['PS256', 'ES256', 'EdDSA', 'Ed25519'],
    'mac.allowed': false,
    'future.leewaySeconds': { grant: 10, refuse: 60 },
  },
}
