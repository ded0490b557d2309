/** RFC 7523 section 3.2: what a refused client is told. */
import type { Check } from '../../harness/model/check.ts'
import { CLIENT, refused } from '../draft.ts'

const errorCode: Check = {
  id: 'rfc7523/3.2/error-code',
  title: 'A client assertion is refused as invalid_client',
  section: 'RFC 7523 §3.2',
  level: 'must',
  requirement: 'A client whose assertion is not valid must be told invalid_client.',
  usages: CLIENT,
  finding: 'time/expired-accepted',
  cases: [
    refused(
      'expired',
      { set: { exp: { $now: -86_400 } }, defect: { kind: 'expired', seconds: 86_400 } },
      'it ended a day ago',
      { errors: ['invalid_client'] },
    ),
  ],
}

export const section32: readonly Check[] = [errorCode]
