/** RFC 7523 section 3.1: processing of grants, and of the client authentication that may come with them. */
import type { Check } from '../../harness/model/check.ts'
import { GRANT, refused } from '../draft.ts'

const badClientBesideGrant: Check = {
  id: 'rfc7523/3.1/bad-client-creds',
  title: 'A client assertion beside a grant is verified',
  section: 'RFC 7523 §3.1',
  level: 'must',
  requirement:
    'Client authentication is optional with a grant, but where it is sent the server must verify it.',
  usages: ['authorization-grant'],
  finding: 'identity/bad-client-ignored',
  cases: [
    {
      name: 'broken-signature',
      steps: [
        {
          name: 'both-right',
          parts: [{ kind: 'minted' }, { kind: 'minted', usage: 'client-authentication' }],
        },
        {
          name: 'client-wrong',
          parts: [
            { kind: 'minted' },
            {
              kind: 'minted',
              usage: 'client-authentication',
              change: { defect: { kind: 'signature-bit' } },
            },
          ],
        },
      ],
      expects: [
        {
          step: 'both-right',
          part: 1,
          deserves: 'accept',
          because: 'grant and client assertion are both right',
        },
        {
          step: 'client-wrong',
          part: 1,
          deserves: 'reject',
          errors: ['invalid_client'],
          because: 'one bit of the client assertion’s signature was changed',
        },
      ],
    },
  ],
}

const errorCode: Check = {
  id: 'rfc7523/3.1/error-code',
  title: 'A grant is refused as invalid_grant',
  section: 'RFC 7523 §3.1',
  level: 'must',
  requirement: 'Whoever sends an assertion that is no valid grant must be told invalid_grant.',
  usages: GRANT,
  finding: 'time/expired-accepted',
  cases: [
    refused(
      'expired',
      { set: { exp: { $now: -86_400 } }, defect: { kind: 'expired', seconds: 86_400 } },
      'it ended a day ago',
      { errors: ['invalid_grant'] },
    ),
  ],
}

export const section31: readonly Check[] = [badClientBesideGrant, errorCode]
