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
    // RFC 9126 section 2 as published: issuer, token endpoint and the endpoint for pushed requests itself.
    'aud.par.values': 'endpoints',
    'aud.grant.values': 'agreed',
    'aud.grant.shape': 'any',
    'jti.ca.required': false,
    'jti.ca.singleUse': 'may',
    'jti.grant.required': false,
    'jti.grant.singleUse': 'may',
    'jti.scope': 'open',
    'iss.ca.required': true,
    'iss.ca.mustEqualSub': false,
    // RS256 must be known (section 5); what else a party may sign with is settled when its key is registered.
    'alg.allow': 'agreed',
    'mac.allowed': true,
    'typ.ca': 'any',
    'typ.grant': null,
    // No number in the text; "a few minutes" is what RFC 7519 §4.1.4 calls usual, so ten are past any reading of it.
    'exp.leewaySeconds': { grant: 0, refuse: 600 },
    'future.leewaySeconds': { grant: 0, refuse: 600 },
    'lifetime.maxSeconds': null,
    'grant.clientAuth': 'optional',
    'dup.policy': 'open',
    'b64.trailingBits': 'open',
    'err.ca.codes': ['invalid_client'],
    // RFC 6749 section 5.2 allows both.
    'err.ca.status': [400, 401],
    'err.grant.codes': ['invalid_grant'],
    'err.own.codes': [],
    // RFC 6749 section 5.1 asks for it; documents since then show Cache-Control alone.
    'hdr.pragma': 'open',
    'dpop.jti.singleUse': 'may',
    'control.ca.audience': 'issuer',
  },
}
