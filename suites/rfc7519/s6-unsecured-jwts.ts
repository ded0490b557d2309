/** RFC 7519 sections 6 to 8: what is encrypted is not thereby signed. */
import type { Check } from '../../harness/model/check.ts'
import { ALL, refused } from '../draft.ts'

const encrypted: Check = {
  id: 'rfc7519/6/jwe',
  title: 'Claims that are encrypted and that nobody signed are refused',
  section: 'RFC 7519 §7.2, §8; RFC 7523 §3 item 9',
  level: 'must',
  requirement:
    'An assertion is signed or has a MAC; to be able to read it says nothing of who wrote it.',
  usages: ALL,
  finding: 'signature/invalid-accepted',
  cases: [
    refused(
      'with-a-key-of-no-account',
      { defect: { kind: 'jwe', form: 'direct' } },
      'it is encrypted with a key that stands in every copy of this program',
    ),
  ],
}

export const section6: readonly Check[] = [encrypted]
