/** RFC 7523 section 3 item 3: whom an assertion is meant for. */
import type { Check } from '../../harness/model/check.ts'
import type { Json } from '../../harness/model/plan.ts'
import { BOTH, claim, refused, tabled } from '../draft.ts'

const FOREIGN = 'https://somebody-else.example'

const missing: Check = {
  id: 'rfc7523/3/aud-missing',
  title: 'An assertion without an audience is refused',
  section: 'RFC 7523 §3 item 3',
  level: 'must',
  requirement: 'An assertion must say whom it is meant for, and the server must find itself there.',
  usages: BOTH,
  finding: 'audience/missing-accepted',
  cases: [
    refused(
      'absent',
      { drop: ['aud'], defect: { kind: 'claim', claim: 'aud' } },
      'it is meant for nobody',
    ),
  ],
}

const foreign: Check = {
  id: 'rfc7523/3/aud-foreign',
  title: 'An assertion made for another server is refused',
  section: 'RFC 7523 §3 item 3',
  level: 'must',
  requirement: 'The server must refuse an assertion whose audience does not name it.',
  usages: BOTH,
  finding: 'audience/foreign-accepted',
  cases: [
    refused(
      'unrelated',
      claim('aud', FOREIGN, { kind: 'audience', form: 'foreign' }),
      'its audience is an unrelated server',
    ),
    refused(
      'two-unrelated',
      claim('aud', [FOREIGN, `${FOREIGN}/token`], { kind: 'audience', form: 'foreign' }),
      'its audience are two unrelated names',
    ),
  ],
}

/** The host of what `{ "spelling": "another-host" }` makes of a name. */
const ANOTHER_HOST = 'somebody-else.example'

const calledSo: Check = {
  id: 'rfc7523/3/aud-of-host',
  title: 'A server is not who the request says that it is',
  section: 'RFC 7523 §3 item 3; RFC 9110 §7.2',
  level: 'must',
  requirement:
    'Whoever sends an assertion on to another server also chooses the Host field: a server that goes by it takes what was made for somebody else.',
  usages: BOTH,
  finding: 'audience/foreign-accepted',
  cases: (['issuer', 'token-endpoint'] as const).map((name) =>
    refused(
      `as-the-${name}`,
      claim(
        'aud',
        { $audience: name, spelling: 'another-host' },
        { kind: 'audience', form: 'foreign' },
      ),
      'its audience is another server, whose name the request borrows',
      { needs: ['complete-audiences'], http: { host: ANOTHER_HOST } },
    ),
  ),
}

const lookalike: Check = {
  id: 'rfc7523/3/aud-lookalike',
  title: 'An audience that only resembles the right one is refused',
  section: 'RFC 7523 §3 item 3',
  level: 'must',
  requirement: 'Audiences are compared character by character, without any normalisation.',
  usages: BOTH,
  finding: 'audience/prefix-match',
  cases: [
    alike(
      'host-goes-on',
      { suffix: '.evil.example' },
      'it begins like the right one and belongs to somebody else',
    ),
    alike(
      'path-goes-on',
      { suffix: '/another-tenant' },
      'it begins like the right one and goes on',
    ),
    {
      ...alike(
        'contained',
        { prefix: 'https://evil.example/?for=' },
        'it holds the right one and belongs to somebody else',
      ),
      finding: 'audience/substring-match',
    },
    alike('query-added', { suffix: '?tenant=another' }, 'it is the right one with a query'),
    alike('shortened', { spelling: 'shortened' }, 'it is the right one without its last character'),
    spelt('slash-added', { suffix: '/' }, 'after dropping a slash'),
    spelt('upper-case-host', { spelling: 'upper-host' }, 'after folding case'),
    spelt(
      'default-port',
      { spelling: 'default-port' },
      'after dropping the port that goes without saying',
    ),
    spelt('percent-encoded', { spelling: 'percent-encoded' }, 'after decoding'),
    spelt('plain-http', { spelling: 'plain-http' }, 'but for its scheme'),
  ],
}

const arrayContains: Check = {
  id: 'rfc7523/3/aud-array-contains',
  title: 'An audience that names the server beside somebody else',
  section: 'RFC 7523 §3 item 3; RFC 7519 §4.1.3; RFC 10070 §4',
  level: 'must',
  requirement:
    'RFC 7519 lets several be named; RFC 10070 wants a client assertion for one alone, since each of several could send it on to the others.',
  usages: BOTH,
  finding: 'audience/shared-accepted',
  cases: [
    together(['client-authentication'], { 'aud.ca.sole': true }),
    together(['authorization-grant'], null),
  ],
}

export const section3Audience: readonly Check[] = [
  missing,
  foreign,
  calledSo,
  lookalike,
  arrayContains,
]

type Alike = { readonly prefix?: string; readonly suffix?: string; readonly spelling?: string }

function alike(name: string, spelling: Alike, because: string) {
  return refused(
    name,
    claim('aud', { $audience: 'issuer', ...spelling }, { kind: 'audience', form: 'alike' }),
    `its audience is not the server’s: ${because}`,
    { needs: ['complete-audiences'] },
  )
}

function spelt(name: string, spelling: Alike, after: string) {
  return refused(
    name,
    claim('aud', { $audience: 'issuer', ...spelling }, { kind: 'audience', form: 'alike' }),
    `its audience equals the server’s only ${after}`,
    { needs: ['complete-audiences'], finding: 'audience/normalised' },
  )
}

/** @param sole What a profile says that wants one audience alone; null where none does. */
function together(usages: Check['usages'], sole: Readonly<Record<string, Json>> | null) {
  const [usage = ''] = usages
  return tabled(
    `with-a-stranger-${usage === 'client-authentication' ? 'for-clients' : 'for-grants'}`,
    claim('aud', [{ $audience: 'issuer' }, FOREIGN], { kind: 'audience', form: 'shared' }),
    [
      ...(sole === null
        ? []
        : [{ when: sole, deserves: 'reject', because: 'the server must be named alone' } as const]),
      { deserves: 'either', because: 'a server that is named may insist on being named alone' },
    ],
    { usages },
  )
}
