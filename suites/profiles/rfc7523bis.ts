import type { Profile } from '../../harness/model/policy.ts'
import { rfc7523 } from './rfc7523.ts'

/** RFC 10070, which updates RFC 7523 after the audience injection attacks: only the issuer names the server. */
export const rfc7523bis: Profile = {
  name: 'rfc7523bis',
  title: 'RFC 10070 (rfc7523bis)',
  source: 'RFC 10070 §4',
  policy: {
    ...rfc7523.policy,
    'aud.ca.values': 'issuer',
    'aud.ca.shape': 'string-or-one',
    'aud.ca.sole': true,
    'aud.par.values': 'issuer',
    'typ.ca': 'explicit',
  },
}
