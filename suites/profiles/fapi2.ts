import type { Profile } from '../../harness/model/policy.ts'
import { oidcCore } from './oidc-core.ts'

/** FAPI 2.0 Security Profile Final: the issuer as one string, and numbers for clocks that run ahead. */
export const fapi2: Profile = {
  name: 'fapi2',
  title: 'FAPI 2.0 Security Profile',
  source: 'FAPI 2.0 Security Profile §5.3.2.1, §5.4.1',
  policy: {
    ...oidcCore.policy,
    'aud.ca.values': 'issuer',
    'aud.ca.shape': 'string',
    'aud.ca.sole': true,
    // Section 5.4.1; Ed25519 is EdDSA with that curve by another name (RFC 9864).
    'alg.allow': ['PS256', 'ES256', 'EdDSA', 'Ed25519'],
    'future.leewaySeconds': { grant: 10, refuse: 60 },
    'control.ca.audience': 'issuer',
  },
}
