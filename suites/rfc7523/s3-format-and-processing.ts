/** RFC 7523 section 3: what every assertion must carry, whichever way it is used. */
import type { Check } from '../../harness/model/check.ts'
import type { Usage } from '../../harness/model/plan.ts'
import { accepted, refused } from '../draft.ts'

const BOTH: readonly Usage[] = ['client-authentication', 'authorization-grant']

const issuerMissing: Check = {
  id: 'rfc7523/3/iss-missing',
  title: 'An assertion without an issuer is refused',
  section: 'RFC 7523 §3 item 1',
  level: 'must',
  requirement: 'An assertion must name who issued it; the server must refuse one that does not.',
  usages: BOTH,
  finding: 'identity/issuer-missing-accepted',
  cases: [
    refused(
      'absent',
      { drop: ['iss'], defect: { kind: 'claim', claim: 'iss' } },
      'nobody is named as its issuer',
    ),
  ],
}

const subjectMissing: Check = {
  id: 'rfc7523/3/sub-missing',
  title: 'An assertion without a subject is refused',
  section: 'RFC 7523 §3 item 2',
  level: 'must',
  requirement: 'An assertion must say whom it speaks of; the server must refuse one that does not.',
  usages: BOTH,
  finding: 'identity/subject-missing-accepted',
  cases: [
    refused(
      'absent',
      { drop: ['sub'], defect: { kind: 'claim', claim: 'sub' } },
      'it speaks of nobody',
    ),
  ],
}

const audienceMissing: Check = {
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

const audienceForeign: Check = {
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
      {
        set: { aud: 'https://somebody-else.example' },
        defect: { kind: 'audience', form: 'foreign' },
      },
      'its audience is an unrelated server',
    ),
  ],
}

const audienceLookalike: Check = {
  id: 'rfc7523/3/aud-lookalike',
  title: 'An audience that only resembles the right one is refused',
  section: 'RFC 7523 §3 item 3',
  level: 'must',
  requirement: 'Audiences are compared character by character, without any normalisation.',
  usages: BOTH,
  finding: 'audience/prefix-match',
  cases: [
    refused(
      'host-goes-on',
      lookalike('suffixed-host', { $audience: 'issuer', suffix: '.evil.example' }),
      'its audience begins like the right one and belongs to somebody else',
      { needs: ['complete-audiences'] },
    ),
    refused(
      'path-goes-on',
      lookalike('suffixed-path', { $audience: 'issuer', suffix: '/another-tenant' }),
      'its audience begins like the right one and goes on',
      { needs: ['complete-audiences'] },
    ),
    refused(
      'upper-case-host',
      lookalike('upper-host', { $audience: 'issuer', spelling: 'upper-host' }),
      'its audience equals the right one only after folding case',
      { needs: ['complete-audiences'], finding: 'audience/normalised' },
    ),
  ],
}

const expiryMissing: Check = {
  id: 'rfc7523/3/exp-missing',
  title: 'An assertion that never expires is refused',
  section: 'RFC 7523 §3 item 4',
  level: 'must',
  requirement: 'An assertion must say when it ends; the server must refuse one that does not.',
  usages: BOTH,
  finding: 'time/expiry-missing-accepted',
  cases: [
    refused(
      'absent',
      { drop: ['exp'], defect: { kind: 'claim', claim: 'exp' } },
      'it says nothing of when it ends',
    ),
  ],
}

const expired: Check = {
  id: 'rfc7523/3/exp-past',
  title: 'An expired assertion is refused',
  section: 'RFC 7523 §3 item 4',
  level: 'must',
  requirement: 'The server must refuse an assertion whose end has passed, some clock skew allowed.',
  usages: BOTH,
  finding: 'time/expired-accepted',
  cases: [
    refused('eleven-minutes-ago', past(700), 'it ended more than ten minutes ago'),
    refused('a-day-ago', past(86_400), 'it ended a day ago'),
  ],
}

const extraClaims: Check = {
  id: 'rfc7523/3/extra-claims',
  title: 'Claims the server does not know are ignored',
  section: 'RFC 7523 §3 item 8',
  level: 'must',
  requirement: 'Further claims may stand in an assertion; what is not understood is passed over.',
  usages: BOTH,
  finding: 'refusal/valid-refused',
  cases: [
    accepted(
      'three-unknown',
      {
        set: {
          'https://cupel.example/claim': 'of no meaning',
          department: { name: 'assay', floor: 3 },
          colours: ['gold', 'lead'],
        },
        defect: null,
      },
      'it is right in everything and has three claims more',
    ),
  ],
}

const signatureBad: Check = {
  id: 'rfc7523/3/signature-bad',
  title: 'An assertion whose signature does not verify is refused',
  section: 'RFC 7523 §3 item 9',
  level: 'must',
  requirement: 'An assertion must be signed by its issuer; the server must refuse a bad signature.',
  usages: BOTH,
  finding: 'signature/invalid-accepted',
  cases: [
    refused(
      'signature-bit',
      { defect: { kind: 'signature-bit' } },
      'one bit of its signature was changed',
    ),
    refused(
      'payload-bit',
      { defect: { kind: 'payload-bit' } },
      'one bit of what was signed was changed afterwards',
    ),
  ],
}

const foreignKey: Check = {
  id: 'rfc7523/3/foreign-key',
  title: 'An assertion signed with another party’s key is refused',
  section: 'RFC 7523 §3 item 9',
  level: 'must',
  requirement: 'The key that verifies an assertion must belong to the issuer it names.',
  usages: BOTH,
  finding: 'signature/foreign-key-accepted',
  cases: [
    refused(
      'registered-key-of-another',
      { signedBy: 'another-registered-party', defect: { kind: 'foreign-key' } },
      'it names one party and was signed by another',
      { needs: ['second-client'] },
    ),
  ],
}

export const section3: readonly Check[] = [
  issuerMissing,
  subjectMissing,
  audienceMissing,
  audienceForeign,
  audienceLookalike,
  expiryMissing,
  expired,
  extraClaims,
  signatureBad,
  foreignKey,
]

function past(seconds: number) {
  return { set: { exp: { $now: -seconds } }, defect: { kind: 'expired', seconds } }
}

function lookalike(form: string, aud: { readonly [key: string]: string }) {
  return { set: { aud }, defect: { kind: 'audience', form } }
}
