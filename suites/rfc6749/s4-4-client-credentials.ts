/** RFC 6749 section 4.4: the grant of a client that acts for itself. */
import type { Check } from '../../harness/model/check.ts'
import { accepted, CLIENT, NOTHING, refused, UNCHANGED } from '../draft.ts'

const publicClient: Check = {
  id: 'rfc6749/4.4/public-client',
  title: 'A client that proves nothing gets no token for itself',
  section: 'RFC 6749 §4.4, §4.4.2',
  level: 'must',
  requirement: 'Only clients that authenticate may ask in their own name.',
  usages: CLIENT,
  finding: 'identity/client-missing-accepted',
  cases: [
    refused('named-only', UNCHANGED, 'the client is named, and nothing proves it', {
      parts: NOTHING,
      form: { set: { client_id: { $party: 'own' } } },
      errors: ['invalid_client', 'invalid_request', 'unauthorized_client'],
      statuses: [400, 401, 403],
    }),
    refused('nobody', UNCHANGED, 'no client is named', {
      parts: NOTHING,
      errors: ['invalid_client', 'invalid_request', 'unauthorized_client'],
      statuses: [400, 401, 403],
    }),
  ],
}

const json: Check = {
  id: 'rfc6749/4.4.2/json-body',
  title: 'A token request in JSON ought to be refused',
  section: 'RFC 6749 §4.4.2, Appendix B',
  // The sentence binds clients.
  level: 'should',
  requirement: 'The parameters of a token request are a form.',
  usages: CLIENT,
  finding: 'request/other-encoding-accepted',
  cases: [
    refused(
      'the-same-parameters',
      { defect: { kind: 'request', form: 'not-a-form' } },
      'its parameters stand in a JSON object',
      {
        http: { carrier: 'json' },
        errors: ['invalid_request', 'invalid_client', 'unsupported_grant_type'],
        statuses: [400, 401, 415],
      },
    ),
  ],
}

const charset: Check = {
  id: 'rfc6749/4.4.2/charset',
  title: 'A form that names its character set is accepted',
  section: 'RFC 6749 §4.4.2; RFC 9110 §8.3.1',
  level: 'derived',
  requirement: 'A media type with a parameter is that media type still.',
  usages: CLIENT,
  finding: 'refusal/valid-refused',
  cases: [
    accepted('utf-8', UNCHANGED, 'it is right, and says that it is in UTF-8', {
      http: { carrier: 'form-with-charset' },
    }),
  ],
}

const refresh: Check = {
  id: 'rfc6749/4.4.3/no-refresh',
  title: 'A client that acts for itself ought to get no refresh token',
  section: 'RFC 6749 §4.4.3',
  level: 'should',
  requirement: 'Whoever can authenticate at any time has no use for a refresh token.',
  usages: CLIENT,
  finding: 'tokens/refresh-issued',
  cases: [
    accepted('control', UNCHANGED, 'it is right', {
      faults: { 'refresh-token': 'tokens/refresh-issued' },
    }),
  ],
}

export const section44: readonly Check[] = [publicClient, json, charset, refresh]
