/** RFC 6749 section 3.2: the parameters of a token request. */
import type { Check } from '../../harness/model/check.ts'
import { accepted, BOTH, refused, UNCHANGED } from '../draft.ts'

/** What is wrong is the request; some servers look at the credential first. */
const REPEATED = ['invalid_request', 'invalid_client', 'invalid_grant']

const unknownParameter: Check = {
  id: 'rfc6749/3.2/unknown-param',
  title: 'Parameters the server does not know are ignored',
  section: 'RFC 6749 §3.2',
  level: 'must',
  requirement: 'A parameter that is not recognised is passed over.',
  usages: BOTH,
  finding: 'refusal/valid-refused',
  cases: [
    accepted('one-unknown', UNCHANGED, 'it is right in everything and has a parameter more', {
      form: { set: { 'x-cupel': 'of no meaning' } },
    }),
  ],
}

const emptyValue: Check = {
  id: 'rfc6749/3.2/empty-value',
  title: 'A parameter without a value counts as left out',
  section: 'RFC 6749 §3.2',
  level: 'must',
  requirement: 'A parameter sent without a value is treated as if it had not been sent.',
  usages: BOTH,
  finding: 'refusal/valid-refused',
  cases: [
    accepted('resource', UNCHANGED, 'it is right in everything and has a parameter of no value', {
      form: { set: { 'x-cupel': '' } },
    }),
  ],
}

const repeated: Check = {
  id: 'rfc6749/3.2/repeat-assertion',
  title: 'An assertion sent twice in one request is refused',
  section: 'RFC 6749 §3.2, §5.2',
  // The sentence binds the client; that the server must refuse follows from the errors of §5.2 only.
  level: 'should',
  requirement: 'A parameter must not stand in a request twice.',
  usages: BOTH,
  finding: 'request/repeated-parameter-accepted',
  cases: [
    twice('client_assertion', 'client-authentication'),
    twice('assertion', 'authorization-grant'),
  ],
}

const repeatedGrantType: Check = {
  id: 'rfc6749/3.2/repeat-grant-type',
  title: 'A grant type sent twice is refused',
  section: 'RFC 6749 §3.2, §5.2',
  // The sentence binds the client; that the server must refuse follows from the errors of §5.2 only.
  level: 'should',
  requirement: 'A parameter must not stand in a request twice.',
  usages: BOTH,
  finding: 'request/repeated-parameter-accepted',
  cases: [
    refused(
      'another-first',
      { defect: { kind: 'request', form: 'repeated' } },
      'two grant types stand in the request',
      { form: { repeat: { grant_type: 'password' } }, errors: REPEATED },
    ),
  ],
}

export const section32: readonly Check[] = [
  unknownParameter,
  emptyValue,
  repeated,
  repeatedGrantType,
]

function twice(parameter: string, usage: Check['usages'][number]) {
  return refused(
    usage === 'client-authentication' ? 'client-garbage-first' : 'grant-garbage-first',
    { defect: { kind: 'request', form: 'repeated' } },
    'something else of the same name stands before it',
    { usages: [usage], form: { repeat: { [parameter]: 'not.an.assertion' } }, errors: REPEATED },
  )
}
