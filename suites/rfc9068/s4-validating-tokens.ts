/** RFC 9068 section 4: what a resource server looks at in a JWT access token. */
import type { Check } from '../../harness/model/check.ts'
import { accepted, claim, misissued, refused, TOKEN, told, unissued, type Extra } from '../draft.ts'

const FOREIGN = 'https://somebody-else.example'
const ALIKE = { kind: 'audience', form: 'alike' }
const TYPED: Extra = { needs: ['at-jwt'] }
const SPELT: Extra = { needs: ['complete-audiences'] }

const type: Check = {
  id: 'rfc9068/4/typ',
  title: 'A token that does not say that it is an access token is refused',
  section: 'RFC 9068 §4, §2.1; RFC 8725 §3.11',
  level: 'must',
  requirement:
    'The type of an access token is at+jwt, with or without application/ in front, and any other is refused.',
  usages: TOKEN,
  finding: 'form/other-type-accepted',
  cases: [
    typed('plain', 'JWT', 'it says no more than that it is a JWT'),
    typed('absent', null, 'it does not say what it is'),
    typed('id-token', 'id+jwt', 'it says that it is something else'),
    typed('event', 'secevent+jwt', 'it says that it is something else'),
    accepted(
      'prefixed',
      { header: { typ: 'application/at+jwt' }, defect: null },
      'it is the same type, spelt in full',
      TYPED,
    ),
    accepted('capitals', { header: { typ: 'AT+JWT' }, defect: null }, 'it is the same type', TYPED),
  ],
}

const issuer: Check = {
  id: 'rfc9068/4/iss',
  title: 'A token of another issuer is refused',
  section: 'RFC 9068 §4; RFC 8725 §3.8',
  level: 'must',
  requirement: 'The issuer is letter by letter the one that the resource server trusts.',
  usages: TOKEN,
  finding: 'identity/foreign-issuer-accepted',
  cases: [
    misissued(
      'slash-added',
      claim('iss', { $party: 'own', suffix: '/' }, { kind: 'claim', claim: 'iss' }),
      'its issuer is another by a slash',
    ),
    misissued(
      'unknown',
      claim('iss', 'https://issuer-unknown.cupel.example', { kind: 'claim', claim: 'iss' }),
      'its issuer is nobody known',
    ),
    unissued(
      'absent',
      { drop: ['iss'], defect: { kind: 'claim', claim: 'iss' } },
      'it names none',
      TYPED,
    ),
  ],
}

const expired: Check = {
  id: 'rfc9068/4/exp',
  title: 'An expired access token is refused',
  section: 'RFC 9068 §4; RFC 7519 §4.1.4, §4.1.5',
  level: 'must',
  requirement:
    'A resource server must refuse a token after its end and before its beginning, some clock skew allowed.',
  usages: TOKEN,
  finding: 'time/expired-accepted',
  cases: [
    refused(
      'a-day-ago',
      { set: { exp: { $now: -86_400 } }, defect: { kind: 'expired', seconds: 86_400 } },
      'it ended a day ago',
    ),
    refused(
      'eleven-minutes-ago',
      { set: { exp: { $now: -700 } }, defect: { kind: 'expired', seconds: 700 } },
      'it ended more than ten minutes ago',
    ),
    refused(
      'not-begun',
      { set: { nbf: { $now: 3600 } }, defect: { kind: 'not-yet', seconds: 3600 } },
      'it begins in an hour',
      { finding: 'time/not-yet-valid-accepted' },
    ),
    told(
      'absent',
      { drop: ['exp'], defect: { kind: 'claim', claim: 'exp' } },
      'whoever issues tokens must give them an end; that whoever reads them must look for one is not said',
    ),
  ],
}

const audience: Check = {
  id: 'rfc9068/4/aud',
  title: 'An access token for another resource is refused',
  section: 'RFC 9068 §4; RFC 8725 §3.9; RFC 9700 §2.3',
  level: 'must',
  requirement: 'A resource server must find itself among the audiences of a token.',
  usages: TOKEN,
  finding: 'audience/foreign-accepted',
  cases: [
    refused(
      'another-resource',
      claim('aud', FOREIGN, { kind: 'audience', form: 'foreign' }),
      'it was issued for an unrelated resource',
    ),
    refused(
      'two-others',
      claim('aud', [FOREIGN, `${FOREIGN}/api`], { kind: 'audience', form: 'foreign' }),
      'it was issued for two unrelated resources',
    ),
    refused(
      'absent',
      { drop: ['aud'], defect: { kind: 'claim', claim: 'aud' } },
      'it was issued for nobody',
      // RFC 7519 §4.1.3 leaves it to the issuer; RFC 9068 does not.
      { ...TYPED, finding: 'audience/missing-accepted' },
    ),
    refused(
      'goes-on',
      claim('aud', { $audience: 'resource', suffix: '.evil.example' }, ALIKE),
      'its audience begins like the right one and belongs to somebody else',
      { ...SPELT, finding: 'audience/prefix-match' },
    ),
    refused(
      'shortened',
      claim('aud', { $audience: 'resource', spelling: 'shortened' }, ALIKE),
      'its audience is the right one without its last character',
      { ...SPELT, finding: 'audience/prefix-match' },
    ),
    accepted(
      'list-of-one',
      // RFC 7519 §4.1.3: a list is the general form, and a text the special one.
      claim('aud', [{ $audience: 'resource' }], null),
      'it was issued for this resource, and says so in a list',
    ),
    told(
      'among-others',
      claim('aud', [FOREIGN, { $audience: 'resource' }], null),
      'a resource that is named may insist on being named alone (RFC 9700 §2.3)',
    ),
  ],
}

const keys: Check = {
  id: 'rfc9068/4/keys',
  title: 'An access token whose signature does not verify is refused',
  section: 'RFC 9068 §4',
  level: 'must',
  requirement: 'A resource server must verify the signature with a key of the issuer.',
  usages: TOKEN,
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
    refused(
      'unknown-key',
      { defect: { kind: 'attacker-key' } },
      'a stranger signed it under the name of the right key',
    ),
  ],
}

const error: Check = {
  id: 'rfc9068/4/error',
  title: 'A refused token is answered with 401, a challenge and invalid_token',
  section: 'RFC 9068 §4; RFC 6750 §3.1',
  level: 'should',
  requirement: 'Whoever presents a token that is not good is told so in a challenge.',
  usages: TOKEN,
  finding: 'signature/invalid-accepted',
  cases: [
    refused('signature-bit', { defect: { kind: 'signature-bit' } }, 'its signature is bad', {
      errors: ['invalid_token'],
      faults: { 'challenge-missing': 'answers/not-in-form' },
    }),
  ],
}

export const section4: readonly Check[] = [type, issuer, expired, audience, keys, error]

function typed(name: string, typ: string | null, because: string) {
  return refused(name, { header: { typ }, defect: { kind: 'type', typ } }, because, {
    needs: ['at-jwt'],
  })
}
