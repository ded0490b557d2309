import type { Profile } from '../../harness/model/policy.ts'

/** RFC 7521 and RFC 7523 as published in 2015: much is left to agreement, and replay protection is a MAY. */
export const rfc7523: Profile = {
  name: 'rfc7523',
  title: 'RFC 7521 and RFC 7523 (2015)',
  source: 'RFC 7523 §3, RFC 7521 §4',
  policy: {
    'aud.ca.values': 'agreed',
    'aud.ca.shape': 'any',
    'aud.ca.sole': false,
    'aud.grant.values': 'agreed',
    'aud.grant.shape': 'any',
    'jti.ca.required': false,
    'jti.ca.singleUse': 'may',
    'jti.grant.required': false,
    'jti.grant.singleUse': 'may',
    'iss.ca.mustEqualSub': false,
    // RS256 must be known (section 5); what else a party may sign with is settled when its key is registered.
    'alg.allow': 'agreed',
    // No number in the text; "a few minutes" is what RFC 7519 §4.1.4 calls usual, so ten are past any reading of it.
    'exp.leewaySeconds': { grant: 0, refuse: 600 },
    'future.leewaySeconds': { grant: 0, refuse: 600 },
    'err.ca.codes': ['invalid_client'],
    'err.grant.codes': ['invalid_grant'],
    'control.ca.audience': 'issuer',
  },
}
