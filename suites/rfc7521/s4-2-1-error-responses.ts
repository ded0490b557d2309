/** RFC 7521 section 4.2.1: one way of authenticating, and the words for its failure. */
import type { Check } from '../../harness/model/check.ts'
import { CLIENT, refused } from '../draft.ts'

const twoMechanisms: Check = {
  id: 'rfc7521/4.2.1/two-mechanisms',
  title: 'A client that authenticates in two ways at once is refused',
  section: 'RFC 7521 §4.2.1; RFC 6749 §2.3',
  // The sentence forbids clients two mechanisms; whether an unregistered secret beside an assertion is one can be argued.
  level: 'should',
  requirement: 'A request must not carry two ways of authenticating its client.',
  usages: CLIENT,
  finding: 'request/two-mechanisms-accepted',
  cases: [
    refused(
      'secret-in-the-body',
      { defect: { kind: 'request', form: 'two-mechanisms' } },
      'a client_secret stands beside the assertion',
      {
        form: { set: { client_id: { $party: 'own' }, client_secret: 'beside-the-assertion' } },
        // The two documents name different codes for it (err.multiAuth.codes).
        errors: ['invalid_client', 'invalid_request'],
      },
    ),
    refused(
      'secret-in-a-header',
      { defect: { kind: 'request', form: 'two-mechanisms' } },
      'an Authorization header stands beside the assertion',
      { http: { basic: true }, errors: ['invalid_client', 'invalid_request'] },
    ),
  ],
}

export const section421: readonly Check[] = [twoMechanisms]
