/** RFC 7515 section 5.2: no signature is a bad signature. */
import type { Check } from '../../harness/model/check.ts'
import { ALL, refused } from '../draft.ts'

const empty: Check = {
  id: 'rfc7515/5.2/signature-empty',
  title: 'An assertion without a signature is refused, whatever algorithm it names',
  section: 'RFC 7515 §5.2',
  level: 'must',
  requirement: 'What has no signature does not verify.',
  usages: ALL,
  finding: 'signature/invalid-accepted',
  cases: [
    refused('empty', { defect: { kind: 'signature-empty' } }, 'its signature was taken away'),
  ],
}

export const section52: readonly Check[] = [empty]
