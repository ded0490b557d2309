/** RFC 10070 section 4: the type that a client assertion may name. */
import type { Check } from '../../harness/model/check.ts'
import { accepted, CLIENT, told, UNCHANGED } from '../draft.ts'

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
    accepted(
      'short',
      typed('client-authentication+jwt'),
      'its type is the one for client assertions',
    ),
    accepted('prefixed', typed('application/client-authentication+jwt'), 'it is the same type'),
    accepted('capitals', typed('Client-Authentication+JWT'), 'it is the same type'),
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
    accepted('absent', UNCHANGED, 'it names no type, like all that were made before'),
    told(
      'jwt',
      { header: { typ: 'JWT' }, defect: { kind: 'header', member: 'typ' } },
      'it names the type that says nothing',
    ),
  ],
}

export const section4Types: readonly Check[] = [explicit, absent]

function typed(typ: string) {
  return { header: { typ }, defect: null }
}
