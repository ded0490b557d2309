/** RFC 7521 section 4.2: how a client assertion is sent. */
import type { Check } from '../../harness/model/check.ts'
import { accepted, CLIENT, refused, UNCHANGED } from '../draft.ts'

/** RFC 6749 §5.2 files what is missing from a request under invalid_request. */
const EITHER_CODE = ['invalid_client', 'invalid_request']

const typeMissing: Check = {
  id: 'rfc7521/4.2/type-missing',
  title: 'A client assertion of no type is refused',
  section: 'RFC 7521 §4.2',
  level: 'must',
  requirement: 'A request with a client assertion must say of what type that is.',
  usages: CLIENT,
  finding: 'request/type-ignored',
  cases: [
    refused(
      'absent',
      { defect: { kind: 'request', form: 'type-missing' } },
      'nothing says of what type its client assertion is',
      { form: { drop: ['client_assertion_type'] }, errors: EITHER_CODE },
    ),
  ],
}

const typeUnknown: Check = {
  id: 'rfc7521/4.2/type-unknown',
  title: 'A client assertion of another type is refused',
  section: 'RFC 7521 §4.2; RFC 7523 §2.2; RFC 6749 §5.2',
  level: 'must',
  requirement:
    'The type is one fixed name; a request with any other names a method that the server does not have.',
  usages: CLIENT,
  finding: 'request/type-ignored',
  cases: [
    ofType('unregistered', 'urn:example:client-assertion-type:nobodys'),
    ofType('saml', 'urn:ietf:params:oauth:client-assertion-type:saml2-bearer'),
    ofType('capitals', 'urn:ietf:params:oauth:client-assertion-type:JWT-bearer'),
  ],
}

const assertionMissing: Check = {
  id: 'rfc7521/4.2/assertion-missing',
  title: 'A type without a client assertion is refused',
  section: 'RFC 7521 §4.2; RFC 6749 §3.2',
  level: 'must',
  requirement: 'Whoever announces a client assertion must bring it.',
  usages: CLIENT,
  finding: 'request/assertion-missing-accepted',
  cases: (['omitted', 'empty'] as const).map((how) =>
    refused(
      how === 'omitted' ? 'absent' : 'empty',
      { defect: { kind: 'request', form: 'assertion-missing' } },
      how === 'omitted'
        ? 'the assertion was left out'
        : 'the assertion was sent without a value, which is as if it had not been sent',
      {
        http: { parts: { client_assertion: how } },
        errors: EITHER_CODE,
        statuses: [400, 401],
      },
    ),
  ),
}

const clientIdOptional: Check = {
  id: 'rfc7521/4.2/client-id-optional',
  title: 'The client’s own id may stand beside its assertion',
  section: 'RFC 7521 §4.2',
  level: 'may',
  requirement: 'A client may name itself beside its assertion, and need not.',
  usages: CLIENT,
  finding: 'refusal/valid-refused',
  cases: [
    accepted('present', UNCHANGED, 'it names the client that the assertion names', {
      form: { set: { client_id: { $party: 'own' } } },
    }),
  ],
}

const clientIdLeftOut: Check = {
  id: 'rfc7521/4.2/client-id-left-out',
  title: 'A client need not name itself beside its assertion',
  section: 'RFC 7521 §4.2; RFC 2119 §5',
  // Optional for the client; that the server must do without it follows, and a client can help itself by sending it.
  level: 'should',
  requirement:
    'The assertion says whose it is, so that a server ought to take it without a client_id beside it.',
  usages: CLIENT,
  finding: 'refusal/valid-refused',
  cases: [
    accepted('absent', UNCHANGED, 'its subject is the client, and nothing else need name it', {
      form: { drop: ['client_id'] },
      needs: ['client-id-sent'],
    }),
  ],
}

const clientIdMismatch: Check = {
  id: 'rfc7521/4.2/client-id-mismatch',
  title: 'Another client’s id beside an assertion is refused',
  section: 'RFC 7521 §4.2',
  level: 'must',
  requirement: 'Where a client is named beside its assertion, it must be the one in the assertion.',
  usages: CLIENT,
  finding: 'request/client-id-mismatch-accepted',
  cases: [
    refused(
      'another-client',
      { defect: { kind: 'request', form: 'client-id-mismatch' } },
      'client_id names another client than the assertion',
      {
        form: { set: { client_id: { $party: 'another' } } },
        errors: EITHER_CODE,
        needs: ['second-client'],
      },
    ),
  ],
}

function ofType(name: string, type: string) {
  return refused(
    name,
    { defect: { kind: 'request', form: 'type-unknown' } },
    'its type is not the one of JWT assertions',
    { form: { set: { client_assertion_type: type } }, errors: EITHER_CODE },
  )
}

export const section42: readonly Check[] = [
  typeMissing,
  typeUnknown,
  assertionMissing,
  clientIdOptional,
  clientIdLeftOut,
  clientIdMismatch,
]
