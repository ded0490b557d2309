/** RFC 9068 section 4: what a resource server looks at in a JWT access token. */
import type { Check } from '../../harness/model/check.ts'
import type { Usage } from '../../harness/model/plan.ts'
import { refused } from '../draft.ts'

const VERIFIER: readonly Usage[] = ['bearer-token']

const expired: Check = {
  id: 'rfc9068/4/exp',
  title: 'An expired access token is refused',
  section: 'RFC 9068 §4',
  level: 'must',
  requirement: 'A resource server must refuse a token after its end, some clock skew allowed.',
  usages: VERIFIER,
  finding: 'time/expired-accepted',
  cases: [
    refused(
      'a-day-ago',
      { set: { exp: { $now: -86_400 } }, defect: { kind: 'expired', seconds: 86_400 } },
      'it ended a day ago',
    ),
  ],
}

const audience: Check = {
  id: 'rfc9068/4/aud',
  title: 'An access token for another resource is refused',
  section: 'RFC 9068 §4',
  level: 'must',
  requirement: 'A resource server must find itself among the audiences of a token.',
  usages: VERIFIER,
  finding: 'audience/foreign-accepted',
  cases: [
    refused(
      'another-resource',
      {
        set: { aud: 'https://somebody-else.example' },
        defect: { kind: 'audience', form: 'foreign' },
      },
      'it was issued for an unrelated resource',
    ),
  ],
}

const keys: Check = {
  id: 'rfc9068/4/keys',
  title: 'An access token whose signature does not verify is refused',
  section: 'RFC 9068 §4',
  level: 'must',
  requirement: 'A resource server must verify the signature with a key of the issuer.',
  usages: VERIFIER,
  finding: 'signature/invalid-accepted',
  cases: [
    refused(
      'signature-bit',
      { defect: { kind: 'signature-bit' } },
      'one bit of its signature was changed',
    ),
  ],
}

export const section4: readonly Check[] = [expired, audience, keys]
