/** RFC 6749 section 5: the form of answers. Every answer of a run is held against it; here it is what is asked about. */
import type { Check } from '../../harness/model/check.ts'
import { accepted, BOTH, CLIENT, NOTHING, refused, told, UNCHANGED } from '../draft.ts'

const SHAPE = 'answers/not-in-form'

const success: Check = {
  id: 'rfc6749/5.1/success-shape',
  title: 'A token comes as JSON with its type',
  section: 'RFC 6749 §5.1',
  // What is wrong in form only is told apart from what is wrong in substance.
  level: 'should',
  requirement:
    'A successful answer is a JSON object with the token and its type; its lifetime, where it is told, is a number.',
  usages: BOTH,
  finding: SHAPE,
  cases: [
    accepted('control', UNCHANGED, 'it is right in everything', {
      faults: {
        'content-type': SHAPE,
        'token-type-missing': SHAPE,
        'expires-in-type': SHAPE,
      },
    }),
  ],
}

const noStore: Check = {
  id: 'rfc6749/5.1/no-store',
  title: 'A token comes with a word that nobody may keep it',
  section: 'RFC 6749 §5.1; RFC 9111 §5.2.2.5',
  level: 'should',
  requirement: 'Whoever passes a token on must be told not to store it.',
  usages: BOTH,
  finding: 'answers/token-may-be-stored',
  cases: [
    accepted('control', UNCHANGED, 'it is right in everything', {
      faults: { 'no-store-missing': 'answers/token-may-be-stored' },
    }),
  ],
}

const error: Check = {
  id: 'rfc6749/5.2/error-shape',
  title: 'A refusal comes as JSON with one error, in plain characters',
  section: 'RFC 6749 §5.2',
  level: 'should',
  requirement:
    'A refusal is 400, or 401 for the client’s own failure, and a JSON object with an error; no token comes with it.',
  usages: BOTH,
  finding: 'signature/invalid-accepted',
  cases: [
    refused('signature-bit', { defect: { kind: 'signature-bit' } }, 'its signature is bad', {
      faults: {
        'content-type': SHAPE,
        status: SHAPE,
        'error-missing': SHAPE,
        'error-charset': SHAPE,
        'token-beside-error': SHAPE,
      },
    }),
  ],
}

const header: Check = {
  id: 'rfc6749/5.2/401-header',
  title: 'A client that failed to authenticate by a header is answered with 401 and a challenge',
  section: 'RFC 6749 §5.2; RFC 9110 §15.5.2',
  level: 'should',
  requirement:
    'Where a client tried the Authorization header, the answer is 401 with a challenge of the same scheme.',
  usages: CLIENT,
  finding: 'identity/client-missing-accepted',
  cases: [
    refused('unknown-secret', UNCHANGED, 'nobody registered its secret', {
      parts: NOTHING,
      http: { basic: true },
      errors: ['invalid_client', 'invalid_request', 'unauthorized_client'],
      statuses: [400, 401, 403],
      faults: { 'not-401': SHAPE, 'challenge-missing': SHAPE },
    }),
  ],
}

const challenge: Check = {
  id: 'rfc6749/5.2/401-challenge',
  title: 'A 401 has a challenge, whatever the client sent',
  section: 'RFC 9110 §15.5.2',
  level: 'should',
  requirement: 'Every 401 says how to authenticate.',
  usages: CLIENT,
  finding: 'signature/invalid-accepted',
  cases: [
    refused('bad-assertion', { defect: { kind: 'signature-bit' } }, 'its signature is bad', {
      faults: { 'challenge-missing': SHAPE },
    }),
  ],
}

const grantMissing: Check = {
  id: 'rfc6749/5.2/grant-type-missing',
  title: 'A request that does not say what it is for is refused',
  section: 'RFC 6749 §5.2',
  level: 'stated',
  requirement: 'A request that lacks a required parameter is refused.',
  usages: CLIENT,
  finding: 'request/grant-type-ignored',
  cases: [
    refused(
      'absent',
      { defect: { kind: 'request', form: 'grant-type-missing' } },
      'nothing says which grant it asks for',
      {
        form: { drop: ['grant_type'] },
        errors: ['invalid_request', 'unsupported_grant_type'],
      },
    ),
  ],
}

const grantUnknown: Check = {
  id: 'rfc6749/5.2/grant-type-unknown',
  title: 'A request for a grant that nobody knows is refused',
  section: 'RFC 6749 §5.2',
  level: 'stated',
  requirement: 'A grant type that the server does not support is refused as such.',
  usages: CLIENT,
  finding: 'request/grant-type-ignored',
  cases: [
    refused(
      'nobodys',
      { defect: { kind: 'request', form: 'grant-type-unknown' } },
      'there is no grant of that name',
      {
        form: { set: { grant_type: 'urn:example:grant-type:nobodys' } },
        errors: ['unsupported_grant_type', 'invalid_request', 'unauthorized_client'],
      },
    ),
  ],
}

const scope: Check = {
  id: 'rfc6749/5.2/invalid-scope',
  title: 'A scope with characters that no scope has, or that nobody knows',
  section: 'RFC 6749 §3.3, §5.2',
  level: 'may',
  requirement: 'A scope that is not valid is refused, or passed over by a server that knows none.',
  usages: CLIENT,
  finding: 'request/scope-exceeded',
  cases: [
    told('quotation-mark', UNCHANGED, 'a server may pass over scopes altogether', {
      form: { set: { scope: 'a"b' } },
    }),
    told('unknown', UNCHANGED, 'only the server knows its scopes', {
      form: { set: { scope: 'cupel:nobodys-scope' } },
    }),
  ],
}

export const section5: readonly Check[] = [
  success,
  noStore,
  error,
  header,
  challenge,
  grantMissing,
  grantUnknown,
  scope,
]
