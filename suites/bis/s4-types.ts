/** RFC 10070 section 4: the type that a client assertion may name. */
import type { Change, Check } from '../../harness/model/check.ts'
import { CLIENT, tabled, told, UNCHANGED, type Row } from '../draft.ts'

const RIGHT_TYPE: readonly Row[] = [
  {
    when: { 'typ.ca': 'explicit' },
    deserves: 'accept',
    because: 'its type is the one for client assertions',
  },
  {
    when: { 'typ.ca': 'any' },
    deserves: 'accept',
    because: 'a type that says what it is keeps nobody from reading it',
  },
  { deserves: 'either', because: 'a JWT-SVID has no such type' },
]

const explicit: Check = {
  id: 'bis/4/typ-explicit',
  title: 'A client assertion that names its type is accepted',
  section: 'RFC 10070 §4; RFC 7515 §4.1.9',
  level: 'should',
  requirement:
    'Clients are to name the type of their assertions; a media type may be spelt with or without application/ and in any case.',
  usages: CLIENT,
  finding: 'refusal/valid-refused',
  cases: [
    tabled('short', typed('client-authentication+jwt'), RIGHT_TYPE),
    tabled('prefixed', typed('application/client-authentication+jwt'), RIGHT_TYPE),
    tabled('capitals', typed('Client-Authentication+JWT'), RIGHT_TYPE),
  ],
}

const absent: Check = {
  id: 'bis/4/typ-absent',
  title: 'A client assertion that names no type is accepted',
  section: 'RFC 10070 §4',
  level: 'should',
  requirement: 'Servers ought not to refuse an assertion for naming no type.',
  usages: CLIENT,
  finding: 'refusal/valid-refused',
  cases: [
    tabled('absent', UNCHANGED, [
      { deserves: 'accept', because: 'it names no type, like all that were made before' },
    ]),
    told(
      'jwt',
      { header: { typ: 'JWT' }, defect: { kind: 'header', member: 'typ' } },
      'it names the type that says nothing',
    ),
  ],
}

const other: Check = {
  id: 'bis/4/typ-other',
  title: 'A client assertion that says it is something else ought to be refused',
  section: 'RFC 8725 §3.11, §3.12; RFC 10070 §4',
  level: 'should',
  requirement: 'Where a type is there, it ought to be that of a client assertion.',
  usages: CLIENT,
  finding: 'form/other-type-accepted',
  cases: [
    misnamed('access-token', 'at+jwt'),
    misnamed('dpop-proof', 'dpop+jwt'),
    misnamed('request-object', 'oauth-authz-req+jwt'),
    misnamed('logout-token', 'logout+jwt'),
  ],
}

export const section4Types: readonly Check[] = [explicit, absent, other]

function typed(typ: string): Change {
  return { header: { typ }, defect: null }
}

function misnamed(name: string, typ: string) {
  return tabled(name, { header: { typ }, defect: { kind: 'type', typ } }, [
    {
      when: { 'typ.ca': 'explicit' },
      deserves: 'reject',
      because: `it says that it is ${typ}`,
    },
    { deserves: 'either', because: 'few servers look at the type of an assertion' },
  ])
}
