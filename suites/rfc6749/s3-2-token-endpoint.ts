/** RFC 6749 section 3.2: the parameters of a token request. */
import type { Check } from '../../harness/model/check.ts'
import { accepted, BOTH, CLIENT, refused, told, UNCHANGED } from '../draft.ts'

/** What is wrong is the request; some servers look at the credential first. */
const REPEATED = ['invalid_request', 'invalid_client', 'invalid_grant']

/** What says that there is no such request here (RFC 9110 §15.5). */
const NOT_HERE = [400, 401, 404, 405]

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
    told('scope', UNCHANGED, 'a server may need a scope, and this counts as none', {
      form: { set: { scope: '' } },
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
    ...(['client_assertion', 'assertion'] as const).map((parameter) =>
      refused(
        parameter === 'assertion' ? 'grant-itself-twice' : 'client-itself-twice',
        { defect: { kind: 'request', form: 'repeated' } },
        'the very same stands in the request twice',
        {
          usages: [parameter === 'assertion' ? 'authorization-grant' : 'client-authentication'],
          http: { parts: { [parameter]: 'twice' } },
          errors: REPEATED,
        },
      ),
    ),
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

const byGet: Check = {
  id: 'rfc6749/3.2/get',
  title: 'A token request that is not a POST ought to be refused',
  section: 'RFC 6749 §3.2',
  // The sentence binds clients. A server that answers puts credentials into addresses, and so into logs.
  level: 'should',
  requirement: 'Tokens are asked for by POST.',
  usages: CLIENT,
  finding: 'request/credentials-in-address-accepted',
  cases: [
    refused(
      'in-the-query',
      { defect: { kind: 'request', form: 'in-query' } },
      'the whole request stands in its address',
      {
        http: { carrier: 'query' },
        errors: ['invalid_request', 'invalid_client'],
        statuses: NOT_HERE,
      },
    ),
  ],
}

const queryCredentials: Check = {
  id: 'rfc6749/3.2/query-credentials',
  title: 'A client assertion in the address of a POST',
  section: 'RFC 6749 §2.3.1, §3.2',
  level: 'may',
  requirement:
    'A client’s secret must not stand in an address; of assertions the text says nothing.',
  usages: CLIENT,
  finding: 'request/credentials-in-address-accepted',
  cases: [
    told(
      'assertion',
      { defect: { kind: 'request', form: 'assertion-in-query' } },
      'the text speaks of passwords',
      { http: { parts: { client_assertion: 'in-query' } } },
    ),
  ],
}

export const section32: readonly Check[] = [
  unknownParameter,
  emptyValue,
  repeated,
  repeatedGrantType,
  byGet,
  queryCredentials,
]

function twice(parameter: string, usage: Check['usages'][number]) {
  return refused(
    usage === 'client-authentication' ? 'client-garbage-first' : 'grant-garbage-first',
    { defect: { kind: 'request', form: 'repeated' } },
    'something else of the same name stands before it',
    { usages: [usage], form: { repeat: { [parameter]: 'not.an.assertion' } }, errors: REPEATED },
  )
}
