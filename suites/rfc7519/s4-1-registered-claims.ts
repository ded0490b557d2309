/** RFC 7519 section 4.1: the types of the registered claims. */
import type { Check } from '../../harness/model/check.ts'
import type { Json, Usage } from '../../harness/model/plan.ts'
import { accepted, ALL, BOTH, claim, refused, tabled, told, unissued } from '../draft.ts'

const party: Check = {
  id: 'rfc7519/4.1.1/iss-sub-type',
  title: 'An issuer or a subject that is no text is refused',
  section: 'RFC 7519 §4.1.1, §4.1.2',
  level: 'must',
  requirement: 'Issuer and subject are texts; something that only reads like one is none.',
  usages: ALL,
  finding: 'claims/type-coerced',
  cases: [
    issuer('iss-in-a-list', [{ $party: 'own' }]),
    issuer('iss-number', 42),
    issuer('iss-null', null),
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

const audienceMixed: Check = {
  id: 'rfc7519/4.1.3/aud-mixed',
  title: 'A list of audiences with a member that is no text',
  section: 'RFC 7519 §4.1.3; RFC 10070 §4',
  level: 'must',
  requirement: 'The members of an audience are texts; where one alone may stand, it stands alone.',
  usages: ALL,
  finding: 'claims/type-coerced',
  cases: [
    tabled(
      'a-number-beside-it',
      claim('aud', [{ $audience: 'issuer' }, 42], { kind: 'audience', form: 'mixed' }),
      [
        {
          when: { 'aud.ca.sole': true },
          deserves: 'reject',
          because: 'the server must be named alone',
        },
        { deserves: 'either', because: 'the server is named, and not alone' },
      ],
      { usages: ['client-authentication'], finding: 'audience/shared-accepted' },
    ),
    told(
      'a-number-beside-it-in-a-grant',
      claim('aud', [{ $audience: 'issuer' }, 42], { kind: 'audience', form: 'mixed' }),
      'the server is named, and not alone',
      { usages: ['authorization-grant'] },
    ),
  ],
}

const notBeforeNow: Check = {
  id: 'rfc7519/4.1.5/nbf-equals-now',
  title: 'A beginning that is this very second has come',
  section: 'RFC 7519 §4.1.5',
  level: 'must',
  requirement: 'What begins now may be accepted now.',
  usages: ALL,
  finding: 'refusal/valid-refused',
  cases: [accepted('this-second', claim('nbf', { $now: 0 }, null), 'its beginning has come')],
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
    told(
      'null',
      claim('nbf', null, { kind: 'claim', claim: 'nbf' }),
      'it may be read as no beginning at all',
    ),
  ],
}

const issuedAtType: Check = {
  id: 'rfc7519/4.1.6/iat-type',
  title: 'A time of issue that is no number',
  section: 'RFC 7519 §4.1.6',
  level: 'may',
  requirement: 'The time of issue is a number; whoever has no use for it may not look.',
  usages: ALL,
  finding: 'claims/type-coerced',
  cases: [
    untimely('digits', { $nowText: 0 }),
    untimely('null', null),
    untimely('in-a-list', [{ $now: 0 }]),
  ],
}

export const section41: readonly Check[] = [
  party,
  audienceEmpty,
  audienceType,
  audienceMixed,
  notBeforeNow,
  notBeforeType,
  issuedAtType,
]

function untimely(name: string, value: Json) {
  return told(
    name,
    claim('iat', value, { kind: 'claim', claim: 'iat' }),
    'few servers look at the time of issue',
  )
}

function issuer(form: string, value: Json) {
  const change = claim('iss', value, { kind: 'claim', claim: 'iss' })
  return unissued(form, change, 'its iss is of another type')
}

/** @param usages Those that must have the claim; elsewhere one of another type may count as none. */
function typed(name: string, form: string, value: Json, usages: readonly Usage[] = ALL) {
  return refused(
    form,
    claim(name, value, { kind: 'claim', claim: name }),
    `its ${name} is of another type`,
    { usages },
  )
}
