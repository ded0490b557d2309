/** RFC 10070 section 4: the one audience that is left to client assertions. */
import type { Check } from '../../harness/model/check.ts'
import type { Json } from '../../harness/model/plan.ts'
import { claim, CLIENT, GRANT, tabled, type Row } from '../draft.ts'

const tokenEndpoint: Check = {
  id: 'bis/4/aud-token-endpoint',
  title: 'The token endpoint as an audience',
  section: 'RFC 10070 §4; RFC 7523 §3 item 3',
  level: 'must',
  requirement:
    'RFC 7523 allows the token endpoint’s URL to name the server; RFC 10070 forbids it, for a hostile server can publish that URL as its own.',
  usages: ['client-authentication'],
  finding: 'audience/endpoint-accepted',
  cases: [
    {
      name: 'as-one-string',
      steps: [
        {
          name: 'ask',
          change: {
            set: { aud: { $audience: 'token-endpoint' } },
            defect: { kind: 'audience', form: 'token-endpoint' },
          },
        },
      ],
      expects: [
        {
          step: 'ask',
          when: { 'aud.ca.values': 'issuer' },
          deserves: 'reject',
          because: 'only the issuer may be named',
        },
        {
          step: 'ask',
          when: { 'aud.ca.values': 'agreed' },
          deserves: 'accept',
          because: 'the token endpoint is among what client and server agreed on',
        },
        { step: 'ask', deserves: 'either', because: 'profiles say otherwise of it' },
      ],
    },
  ],
}

const ISSUER_ONLY: Readonly<Record<string, Json>> = { 'aud.ca.values': 'issuer' }
const SOLE: Readonly<Record<string, Json>> = { 'aud.ca.sole': true }

const issuerAsText: Check = {
  id: 'bis/4/aud-issuer-string',
  title: 'The issuer as the one audience is accepted',
  section: 'RFC 10070 §4',
  level: 'must',
  requirement:
    'The server must accept its issuer identifier as the audience of a client assertion.',
  usages: CLIENT,
  finding: 'refusal/valid-refused',
  cases: [
    tabled('as-one-string', claim('aud', { $audience: 'issuer' }, null), [
      { when: ISSUER_ONLY, deserves: 'accept', because: 'the issuer is named, and nobody else' },
      { deserves: 'either', because: 'what names the server was agreed on otherwise' },
    ]),
  ],
}

const issuerInList: Check = {
  id: 'bis/4/aud-issuer-array1',
  title: 'The issuer as the one member of a list',
  section: 'RFC 10070 §4; RFC 7519 §4.1.3',
  level: 'must',
  requirement: 'The issuer identifier may stand as a text or as the one member of a list.',
  usages: CLIENT,
  finding: 'refusal/valid-refused',
  cases: [
    tabled('list-of-one', claim('aud', [{ $audience: 'issuer' }], null), [
      {
        when: { 'aud.ca.values': 'issuer', 'aud.ca.shape': 'string-or-one' },
        deserves: 'accept',
        because: 'the issuer is named, and nobody else',
      },
      { deserves: 'either', because: 'other profiles say otherwise of a list, or nothing' },
    ]),
  ],
}

const notAlone: Check = {
  id: 'bis/4/aud-issuer-plus-endpoint',
  title: 'The issuer beside another audience is refused',
  section: 'RFC 10070 §4',
  level: 'must',
  requirement: 'The issuer identifier must be the sole audience of a client assertion.',
  usages: CLIENT,
  finding: 'audience/shared-accepted',
  cases: [
    tabled(
      'the-endpoint',
      claim('aud', [{ $audience: 'issuer' }, { $audience: 'token-endpoint' }], {
        kind: 'audience',
        form: 'shared',
      }),
      shared(),
      { needs: ['token-endpoint-apart'] },
    ),
    tabled(
      'another-server-first',
      claim('aud', ['https://another-server.example', { $audience: 'issuer' }], {
        kind: 'audience',
        form: 'shared',
      }),
      shared(),
    ),
    tabled(
      'itself',
      claim('aud', [{ $audience: 'issuer' }, { $audience: 'issuer' }], {
        kind: 'audience',
        form: 'twice',
      }),
      [{ deserves: 'either', because: 'one value in two members: the text does not say' }],
    ),
  ],
}

const grantAudience: Check = {
  id: 'bis/4/grant-aud',
  title: 'The audience of a grant is not narrowed',
  section: 'RFC 10070 §4; RFC 7523 §3 item 3',
  level: 'may',
  requirement: 'A grant may name the token endpoint still, where that is agreed.',
  usages: GRANT,
  finding: 'audience/endpoint-accepted',
  cases: [
    tabled(
      'token-endpoint',
      claim('aud', { $audience: 'token-endpoint' }, { kind: 'audience', form: 'token-endpoint' }),
      [{ deserves: 'either', because: 'it is for server and issuer to agree on' }],
      { needs: ['token-endpoint-apart'] },
    ),
  ],
}

export const section4: readonly Check[] = [
  tokenEndpoint,
  issuerAsText,
  issuerInList,
  notAlone,
  grantAudience,
]

function shared(): readonly Row[] {
  return [
    { when: SOLE, deserves: 'reject', because: 'the server must be named alone' },
    { deserves: 'either', because: 'a server that is named may insist on being named alone' },
  ]
}
