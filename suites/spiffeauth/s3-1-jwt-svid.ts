/** OAuth SPIFFE Client Authentication section 3.1: a JWT-SVID as a client assertion. */
import type { Check } from '../../harness/model/check.ts'
import { claim, CLIENT, refused, tabled, told, UNCHANGED, type Extra } from '../draft.ts'

const SPIFFE: Extra = { needs: ['spiffe'] }
const ELSEWHERE = 'under other profiles more may be named'

const type: Check = {
  id: 'spiffeauth/3.1/type',
  title: 'A JWT-SVID under the type of ordinary client assertions',
  section: 'OAuth SPIFFE Client Authentication §3.1',
  level: 'may',
  requirement: 'JWT-SVIDs have an assertion type of their own; a server may know both.',
  usages: CLIENT,
  finding: 'request/type-ignored',
  cases: [
    told('jwt-spiffe', UNCHANGED, 'a server may know both types', {
      ...SPIFFE,
      form: {
        set: { client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-spiffe' },
      },
    }),
  ],
}

const audience: Check = {
  id: 'spiffeauth/3.1/aud',
  title: 'A JWT-SVID that names more than the issuer is refused',
  section: 'OAuth SPIFFE Client Authentication §3.1',
  level: 'must',
  requirement: 'The audience is the issuer of the server, and that alone.',
  usages: CLIENT,
  finding: 'audience/shared-accepted',
  cases: [
    tabled(
      'token-endpoint',
      claim('aud', { $audience: 'token-endpoint' }, { kind: 'audience', form: 'token-endpoint' }),
      [
        {
          when: { 'aud.ca.values': 'issuer' },
          deserves: 'reject',
          because: 'it names the token endpoint',
        },
        { deserves: 'either', because: ELSEWHERE },
      ],
      { needs: ['spiffe', 'token-endpoint-apart'], finding: 'audience/endpoint-accepted' },
    ),
    tabled(
      'beside-another',
      claim('aud', [{ $audience: 'issuer' }, 'https://somebody-else.example'], {
        kind: 'audience',
        form: 'shared',
      }),
      [
        {
          when: { 'aud.ca.sole': true },
          deserves: 'reject',
          because: 'it names somebody else too',
        },
        { deserves: 'either', because: ELSEWHERE },
      ],
      SPIFFE,
    ),
  ],
}

const subject: Check = {
  id: 'spiffeauth/3.1/sub',
  title: 'A JWT-SVID that belongs to no client is refused',
  section: 'OAuth SPIFFE Client Authentication §3.1',
  level: 'must',
  requirement: 'The SPIFFE ID is one that a client is registered with.',
  usages: CLIENT,
  finding: 'identity/unknown-subject-accepted',
  cases: [
    refused(
      'nobodys',
      claim('sub', 'spiffe://cupel.example/nobody', { kind: 'svid' }),
      'no client has that SPIFFE ID',
      SPIFFE,
    ),
  ],
}

export const section31: readonly Check[] = [type, audience, subject]
