/** RFC 7518 section 3.3: RSA keys. */
import type { Check } from '../../harness/model/check.ts'
import { BOTH, refused } from '../draft.ts'

const shortKey: Check = {
  id: 'rfc7518/3.3/rsa-1024',
  title: 'A signature of an RSA key that is too short is refused',
  section: 'RFC 7518 §3.3, §3.5',
  level: 'must',
  requirement: 'RSA keys have 2,048 bits or more.',
  usages: BOTH,
  finding: 'algorithm/weak-key-accepted',
  cases: [
    refused(
      'fewer-bits',
      { key: 'weak', defect: { kind: 'idle-key' } },
      'its key has fewer bits than any may have',
      { needs: ['weak-key'] },
    ),
  ],
}

export const section33: readonly Check[] = [shortKey]
