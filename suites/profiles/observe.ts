import type { Profile } from '../../harness/model/policy.ts'
import { rfc7523 } from './rfc7523.ts'

/**
 * What no profile leaves a choice in. Wherever two of them differ, either way is right here and is only told, so that a
 * server of which nobody knows what it was built to is accused of nothing that any document allows.
 */
export const observe: Profile = {
  name: 'observe',
  title: 'What all profiles agree on; the rest is only told',
  source: 'RFC 7523 §3',
  policy: {
    ...rfc7523.policy,
    'aud.ca.values': 'open',
    'aud.ca.shape': 'open',
    'aud.par.values': 'open',
    'aud.grant.values': 'open',
    'aud.grant.shape': 'open',
    'jti.ca.required': 'open',
    'jti.grant.required': 'open',
    'iss.ca.required': false,
    'iss.ca.mustEqualSub': 'open',
    'alg.allow': 'open',
    'mac.allowed': 'open',
    'typ.ca': 'open',
    'grant.clientAuth': 'open',
    'err.ca.codes': ['invalid_client', 'invalid_request'],
    'err.grant.codes': ['invalid_grant', 'invalid_request'],
  },
}
