/** JWT-SVID section 3: the claims. */
import type { Check } from '../../harness/model/check.ts'
import { claim, refused, TOKEN, told, type Extra } from '../draft.ts'

const SPIFFE: Extra = { needs: ['spiffe'] }
const FOREIGN = 'spiffe://another-domain.example/service'

const subject: Check = {
  id: 'jwtsvid/3.1/sub',
  title: 'A JWT-SVID of nobody in the trust domain of its key is refused',
  section: 'JWT-SVID §3.1, §6',
  level: 'must',
  requirement: 'The subject is a SPIFFE ID, and the key that verifies is of its trust domain.',
  usages: TOKEN,
  finding: 'identity/foreign-issuer-accepted',
  cases: [
    refused(
      'no-spiffe-id',
      claim('sub', 'alice', { kind: 'svid' }),
      'its subject is no SPIFFE ID',
      SPIFFE,
    ),
    refused(
      'another-domain',
      claim('sub', FOREIGN, { kind: 'svid' }),
      'its subject is of another trust domain',
      SPIFFE,
    ),
  ],
}

const audience: Check = {
  id: 'jwtsvid/3.2/aud',
  title: 'A JWT-SVID for somebody else is refused',
  section: 'JWT-SVID §3.2, §4',
  level: 'must',
  requirement: 'A JWT-SVID names its audience, and whoever reads it must be there.',
  usages: TOKEN,
  finding: 'audience/foreign-accepted',
  cases: [
    refused(
      'absent',
      { drop: ['aud'], defect: { kind: 'claim', claim: 'aud' } },
      'it is for nobody',
      { ...SPIFFE, finding: 'audience/missing-accepted' },
    ),
    refused(
      'foreign',
      claim('aud', FOREIGN, { kind: 'audience', form: 'foreign' }),
      'it is for another workload',
      SPIFFE,
    ),
    told(
      'among-others',
      claim('aud', [FOREIGN, { $audience: 'resource' }], null),
      'it is for this one too, which is discouraged, so that a reader may refuse it',
      SPIFFE,
    ),
  ],
}

const end: Check = {
  id: 'jwtsvid/3.3/exp',
  title: 'A JWT-SVID without an end, or after it, is refused',
  section: 'JWT-SVID §3.3',
  level: 'must',
  requirement: 'A JWT-SVID has an end, and is refused after it.',
  usages: TOKEN,
  finding: 'time/expired-accepted',
  cases: [
    refused('absent', { drop: ['exp'], defect: { kind: 'svid' } }, 'it never ends', {
      ...SPIFFE,
      finding: 'time/expiry-missing-accepted',
    }),
    refused(
      'a-day-ago',
      claim('exp', { $now: -86_400 }, { kind: 'expired', seconds: 86_400 }),
      'it ended a day ago',
      SPIFFE,
    ),
  ],
}

export const section3: readonly Check[] = [subject, audience, end]
