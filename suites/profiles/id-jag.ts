import type { Profile } from '../../harness/model/policy.ts'
import { rfc7523bis } from './rfc7523bis.ts'

/** Identity assertion grants between domains: typed, for one client and one server, and good for more than one use. */
export const idJag: Profile = {
  name: 'id-jag',
  title: 'Identity Assertion JWT Authorization Grant (draft)',
  source: 'ID-JAG §3.1, §4.4',
  policy: {
    ...rfc7523bis.policy,
    'aud.grant.values': 'issuer',
    'aud.grant.shape': 'string-or-one',
    'jti.grant.required': true,
    // Section 4.4.3: a client may present the same one again.
    'jti.grant.singleUse': 'reuse-allowed',
    'typ.grant': 'oauth-id-jag+jwt',
    'grant.clientAuth': 'required',
  },
}
