/** RFC 7519 section 4.1: the types of the registered claims. */
import type { Check } from '../../harness/model/check.ts'
import type { Json, Usage } from '../../harness/model/plan.ts'
import { ALL, BOTH, claim, refused, tabled, told } from '../draft.ts'

const party: Check = {
  id: 'rfc7519/4.1.1/iss-sub-type',
  title: 'An issuer or a subject that is no text is refused',
  section: 'RFC 7519 §4.1.1, §4.1.2',
  level: 'must',
  requirement: 'Issuer and subject are texts; something that only reads like one is none.',
  usages: ALL,
  finding: 'claims/type-coerced',
  cases: [
    typed('iss', 'iss-in-a-list', [{ $party: 'own' }]),
    typed('iss', 'iss-number', 42),
    typed('iss', 'iss-null', null),
    typed('sub', 'sub-in-a-list', [{ $party: 'own' }], BOTH),
    typed('sub', 'sub-number', 42, BOTH),
    typed('sub', 'sub-true', true, BOTH),
  ],
}

const audienceEmpty: Check = {
  id: 'rfc7519/4.1.3/aud-empty',
  title: 'An audience that names nobody is refused',
  section: 'RFC 7519 §4.1.3',
  level: 'must',
  requirement:
    'Whoever does not find itself among the audiences must refuse, also where there are none.',
  usages: ALL,
  finding: 'audience/missing-accepted',
  cases: [
    refused('empty-list', claim('aud', [], { kind: 'claim', claim: 'aud' }), 'it names nobody'),
    refused('empty-text', claim('aud', '', { kind: 'claim', claim: 'aud' }), 'it names nobody', {
      needs: ['complete-audiences'],
    }),
    refused(
      'list-of-an-empty-text',
      claim('aud', [''], { kind: 'claim', claim: 'aud' }),
      'it names nobody',
      { needs: ['complete-audiences'] },
    ),
  ],
}

const audienceType: Check = {
  id: 'rfc7519/4.1.3/aud-type',
  title: 'An audience that is neither a text nor a list of texts is refused',
  section: 'RFC 7519 §4.1.3',
  level: 'must',
  requirement: 'An audience is a text or a list of texts.',
  usages: ALL,
  finding: 'claims/type-coerced',
  cases: [
    typed('aud', 'number', 42),
    typed('aud', 'true', true),
    typed('aud', 'null', null),
    typed('aud', 'object', { value: { $audience: 'issuer' } }),
    typed('aud', 'list-in-a-list', [[{ $audience: 'issuer' }]]),
  ],
}

const expiryType: Check = {
  id: 'rfc7519/4.1.4/exp-type',
  title: 'An end that is no number is refused',
  section: 'RFC 7519 §4.1.4',
  level: 'must',
  requirement: 'The end of an assertion is a number; what can be made into one is none.',
  usages: BOTH,
  finding: 'claims/type-coerced',
  cases: [
    typed('exp', 'digits', { $nowText: 60 }),
    typed('exp', 'iso-date', '2099-01-01T00:00:00Z'),
    typed('exp', 'null', null),
    typed('exp', 'true', true),
    typed('exp', 'in-a-list', [{ $now: 60 }]),
    typed('exp', 'object', {}),
  ],
}

const expiryNonpositive: Check = {
  id: 'rfc7519/4.1.4/exp-nonpositive',
  title: 'An end of zero or before is long past',
  section: 'RFC 7519 §4.1.4',
  level: 'must',
  requirement: 'Zero is a date like any other, and fifty years ago.',
  usages: ALL,
  finding: 'time/expired-accepted',
  cases: [ended('zero', 0), ended('minus-one', -1), ended('far-below', -10_000_000_000)],
}

const expiryOverflow: Check = {
  id: 'rfc7519/4.1.4/exp-overflow',
  title: 'An end that is too large to be a date',
  section: 'RFC 7519 §4.1.4; RFC 8259 §6; RFC 7523 §3 item 4',
  level: 'derived',
  requirement:
    'A number that no reader can hold must not come to mean “never”; one that can be held may be unreasonably far ahead.',
  usages: ALL,
  finding: 'time/expiry-missing-accepted',
  cases: [literal('infinite', '1e400'), literal('beyond-64-bits', '9223372036854775808')],
}

const notBeforeType: Check = {
  id: 'rfc7519/4.1.5/nbf-type',
  title: 'A beginning that is no number is not passed over',
  section: 'RFC 7519 §4.1.5',
  // The claim is optional, and a server may say that it did not understand this one (RFC 7519 §4).
  level: 'should',
  requirement: 'The beginning of an assertion is a number; one that cannot be read has not come.',
  usages: ALL,
  finding: 'claims/type-coerced',
  cases: [
    refused(
      'digits-an-hour-ahead',
      claim('nbf', { $nowText: 3600 }, { kind: 'claim-type', claim: 'nbf' }),
      'its nbf is a text, and would lie an hour ahead',
    ),
  ],
}

const identifierType: Check = {
  id: 'rfc7519/4.1.7/jti-type',
  title: 'An identifier that is no text',
  section: 'RFC 7519 §4.1.7',
  level: 'must',
  requirement: 'An identifier is a text; a number and its digits must not be told apart by chance.',
  usages: ALL,
  finding: 'claims/type-coerced',
  cases: [identifier('number', 42), identifier('in-a-list', ['a']), identifier('object', {})],
}

const identifierCase: Check = {
  id: 'rfc7519/4.1.7/jti-case',
  title: 'Identifiers that differ in case are two',
  section: 'RFC 7519 §4.1.7',
  level: 'must',
  requirement: 'An identifier is compared with regard to case.',
  usages: ALL,
  finding: 'replay/refused-first-use',
  cases: [
    {
      name: 'capitals',
      refusal: 'replay/refused-first-use',
      steps: [
        { name: 'mixed', change: claim('jti', { $jti: 'aBc-' }, null) },
        { name: 'upper', change: claim('jti', { $jti: 'ABC-' }, null) },
      ],
      expects: [
        { step: 'mixed', deserves: 'accept', because: 'its identifier is new' },
        { step: 'upper', deserves: 'accept', because: 'its identifier is another one' },
      ],
    },
  ],
}

export const section41: readonly Check[] = [
  party,
  audienceEmpty,
  audienceType,
  expiryType,
  expiryNonpositive,
  expiryOverflow,
  notBeforeType,
  identifierType,
  identifierCase,
]

/** @param usages Those that must have the claim; elsewhere one of another type may count as none. */
function typed(name: string, form: string, value: Json, usages: readonly Usage[] = ALL) {
  return refused(
    form,
    claim(name, value, { kind: 'claim', claim: name }),
    `its ${name} is of another type`,
    { usages },
  )
}

function ended(name: string, exp: number) {
  return refused(name, claim('exp', exp, { kind: 'claim', claim: 'exp' }), 'it ended decades ago')
}

function literal(name: string, text: string) {
  return told(
    name,
    { defect: { kind: 'raw-claim', claim: 'exp', literal: text } },
    'a server may call it unreasonable, and ought to',
  )
}

/** Of a demanded identifier it is demanded that it is one. */
function identifier(name: string, value: Json) {
  const change = claim('jti', value, { kind: 'claim', claim: 'jti' })
  const because = 'it is demanded, and this is none'
  const open = { deserves: 'either', because: 'nothing must be remembered by it' } as const
  return tabled(name, change, [
    { when: { 'jti.ca.required': true, 'jti.grant.required': true }, deserves: 'reject', because },
    open,
  ])
}
