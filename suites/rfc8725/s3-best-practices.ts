/** RFC 8725 section 3: what is not to be trusted. */
import type { Check } from '../../harness/model/check.ts'
import { BOTH, refused, told } from '../draft.ts'

const injection: Check = {
  id: 'rfc8725/3.10/kid-injection',
  title: 'A key identifier is a name, and never a path, a query or a property',
  section: 'RFC 8725 §3.10',
  level: 'must',
  requirement: 'What the header says of a key must not lead to a key that anybody can know.',
  usages: BOTH,
  finding: 'signature/foreign-key-accepted',
  cases: [
    guessed('path-to-nothing', '../../../../../../dev/null', ''),
    guessed('query', `nobody' UNION SELECT 'secret`, 'secret'),
    guessed('property', '__proto__', '[object Object]'),
  ],
}

const otherKinds: Check = {
  id: 'rfc8725/3.12/cross-jwt',
  title: 'A JWT that calls itself something else',
  section: 'RFC 8725 §3.11, §3.12; RFC 9101 §10.8',
  level: 'should',
  requirement:
    'Different kinds of JWT ought to be told apart; their types are one way of doing so.',
  usages: BOTH,
  finding: 'form/other-type-accepted',
  cases: [
    told('access-token', typed('at+jwt'), 'few servers look at the type of an assertion'),
    told(
      'request-object',
      typed('oauth-authz-req+jwt'),
      'few servers look at the type of an assertion',
    ),
    told('dpop-proof', typed('dpop+jwt'), 'few servers look at the type of an assertion'),
  ],
}

export const section3: readonly Check[] = [injection, otherKinds]

function guessed(name: string, kid: string, secret: string) {
  return refused(
    name,
    { header: { alg: 'HS256', kid }, defect: { kind: 'guessed-secret', secret } },
    'its MAC was made with what such a lookup would find',
  )
}

function typed(typ: string) {
  return { header: { typ }, defect: { kind: 'header', member: 'typ' } }
}
