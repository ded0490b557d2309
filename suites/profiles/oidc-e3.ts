import type { Profile } from '../../harness/model/policy.ts'
import { oidcCore } from './oidc-core.ts'

/** OpenID Connect Core 1.0 as its draft of errata set 3 has it: the issuer as one text, and nothing else, is the audience. */
export const oidcE3: Profile = {
  name: 'oidc-e3',
  title: 'OpenID Connect Core 1.0, errata set 3 (draft)',
  source: 'OpenID Connect Core §9 (draft 36)',
  policy: {
    ...oidcCore.policy,
    'aud.ca.values': 'issuer',
    'aud.ca.shape': 'string',
    'aud.ca.sole': true,
    'aud.par.values': 'issuer',
    'control.ca.audience': 'issuer',
  },
}
