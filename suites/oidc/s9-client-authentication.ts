/** OpenID Connect Core section 9: what private_key_jwt adds to RFC 7523. */
import type { Check } from '../../harness/model/check.ts'
import { CLIENT, misissued, NOTHING, refused, tabled, UNCHANGED } from '../draft.ts'

const identifier: Check = {
  id: 'oidc/9/jti-required',
  title: 'A client assertion without an identifier is refused',
  section: 'OpenID Connect Core §9; RFC 7523 §3 item 7',
  // The sentence binds the client. A server may know what was used by other things, such as a hash of the whole.
  level: 'should',
  requirement: 'A client assertion must have an identifier, and a server ought to miss one.',
  usages: CLIENT,
  finding: 'identity/identifier-missing-accepted',
  cases: [
    tabled('absent', { drop: ['jti'], defect: { kind: 'claim', claim: 'jti' } }, [
      { when: { 'jti.ca.required': true }, deserves: 'reject', because: 'it has no identifier' },
      { deserves: 'either', because: 'only OpenID Connect demands an identifier' },
    ]),
  ],
}

const crossEndpoint: Check = {
  id: 'oidc/9/single-use',
  title: 'A client assertion that was used at one endpoint is spent at another',
  section: 'OpenID Connect Core §9',
  level: 'derived',
  requirement: 'A client assertion is used once; no endpoint is left out of that.',
  usages: CLIENT,
  finding: 'replay/accepted-sequentially',
  cases: [
    {
      name: 'at-introspection-again',
      needs: ['introspection'],
      steps: [
        { name: 'token' },
        {
          name: 'right',
          endpoint: 'introspection',
          parts: [taken(), { kind: 'minted' }],
        },
        {
          name: 'again',
          endpoint: 'introspection',
          parts: [taken(), { kind: 'again', step: 'token' }],
        },
      ],
      expects: [
        { step: 'token', deserves: 'accept', because: 'it is the control' },
        { step: 'right', part: 1, deserves: 'either', because: 'it shows what is accepted there' },
        {
          step: 'again',
          part: 1,
          deserves: 'either',
          because: 'no text says whether two endpoints share what they remember',
        },
      ],
    },
  ],
}

const parties: Check = {
  id: 'oidc/9/iss-sub-client-id',
  title: 'A client assertion that names two is refused',
  section: 'OpenID Connect Core §9',
  level: 'must',
  requirement: 'Issuer and subject of a client assertion are both the client.',
  usages: CLIENT,
  finding: 'identity/foreign-issuer-accepted',
  cases: [
    misissued(
      'issuer-unknown',
      {
        set: { iss: 'https://issuer-unknown.cupel.example' },
        defect: { kind: 'claim', claim: 'iss' },
      },
      'its issuer is nobody known, and the client itself signed it',
    ),
    tabled(
      'subject-another-client',
      { set: { sub: { $party: 'another' } }, defect: { kind: 'claim', claim: 'sub' } },
      [
        {
          when: { 'iss.ca.mustEqualSub': true },
          deserves: 'reject',
          because: 'one client speaks of another',
        },
        { deserves: 'either', because: 'an issuer may be trusted to speak of clients' },
      ],
      { needs: ['second-client'], finding: 'identity/two-clients-accepted' },
    ),
  ],
}

const method: Check = {
  id: 'oidc/9/method-binding',
  title: 'A client that is registered with a key may not come with a secret',
  section: 'OpenID Connect Core §9; OpenID Connect Dynamic Client Registration §2',
  level: 'derived',
  requirement: 'A client authenticates in the one way that it is registered for.',
  usages: CLIENT,
  finding: 'identity/client-missing-accepted',
  cases: [
    refused('secret-in-the-body', UNCHANGED, 'it is registered with a key, and shows a secret', {
      parts: NOTHING,
      form: { set: { client_id: { $party: 'own' }, client_secret: 'nobody-registered-this' } },
      errors: ['invalid_client', 'invalid_request', 'unauthorized_client'],
      statuses: [400, 401],
    }),
  ],
}

export const section9: readonly Check[] = [identifier, crossEndpoint, parties, method]

function taken() {
  return { kind: 'taken', step: 'token', what: 'access-token', as: 'token' } as const
}
