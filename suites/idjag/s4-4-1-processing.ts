/** ID-JAG section 4.4.1: for one server and one client. */
import type { Check } from '../../harness/model/check.ts'
import { claim, GRANT, tabled, type Extra } from '../draft.ts'
import { identity } from '../identity.ts'

const ID_JAG: Extra = { needs: ['id-jag'] }

const audience: Check = {
  id: 'idjag/4.4.1/aud',
  title: 'An identity assertion that names more than the issuer is refused',
  section: 'ID-JAG §4.4.1',
  level: 'must',
  requirement:
    'The audience is the issuer of the server, as a text or as the one member of a list.',
  usages: GRANT,
  finding: 'audience/shared-accepted',
  cases: [
    tabled(
      'token-endpoint',
      claim('aud', { $audience: 'token-endpoint' }, { kind: 'audience', form: 'token-endpoint' }),
      [
        {
          when: { 'aud.grant.values': 'issuer' },
          deserves: 'reject',
          because: 'it names the token endpoint',
        },
        { deserves: 'either', because: 'of other grants it may be the audience' },
      ],
      { needs: ['id-jag', 'token-endpoint-apart'], finding: 'audience/endpoint-accepted' },
    ),
    identity(
      'beside-another',
      claim('aud', [{ $audience: 'issuer' }, 'https://somebody-else.example'], {
        kind: 'binding',
        to: 'aud',
      }),
      'it names somebody else too',
    ),
    tabled(
      'list-of-one',
      claim('aud', [{ $audience: 'issuer' }], null),
      [
        {
          when: { 'aud.grant.values': 'issuer', 'aud.grant.shape': 'string-or-one' },
          deserves: 'accept',
          because: 'it names the issuer alone',
        },
        { deserves: 'either', because: 'of other grants no document says' },
      ],
      ID_JAG,
    ),
  ],
}

const client: Check = {
  id: 'idjag/4.4.1/client-id',
  title: 'An identity assertion for another client is refused',
  section: 'ID-JAG §4.4.1',
  level: 'must',
  requirement: 'The client that it names is the one that authenticates.',
  usages: GRANT,
  finding: 'identity/client-missing-accepted',
  cases: [
    identity(
      'another-client',
      claim('client_id', 'a-client-of-somebody-else', { kind: 'binding', to: 'client_id' }),
      'it was issued for another client',
    ),
    identity(
      'absent',
      { drop: ['client_id'], defect: { kind: 'binding', to: 'client_id' } },
      'it was issued for no client',
    ),
  ],
}

export const section441: readonly Check[] = [audience, client]
