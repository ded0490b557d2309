/** RFC 7515 section 5.2: no signature is a bad signature. */
import type { Check } from '../../harness/model/check.ts'
import { ALL, BOTH, refused } from '../draft.ts'

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

const mismatch: Check = {
  id: 'rfc7515/5.2/alg-mismatch',
  title: 'A signature of another algorithm than the header names is refused',
  section: 'RFC 7515 §5.2, §10.6',
  level: 'must',
  requirement: 'A signature is verified in the way that the header names, and in no other.',
  usages: ALL,
  finding: 'signature/invalid-accepted',
  cases: [
    refused(
      'another-hash',
      { defect: { kind: 'signed-otherwise', form: 'ecdsa-with-sha-512' } },
      'its header says ES256, and another hash was signed',
      { needs: ['es256-key'] },
    ),
    refused(
      'rs512-as-rs256',
      { algorithm: 'RS256', defect: { kind: 'signed-otherwise', form: 'rs512' } },
      'its header says RS256, and its signature is one of RS512',
      { usages: BOTH },
    ),
    refused(
      'ps256-as-rs256',
      { algorithm: 'RS256', defect: { kind: 'signed-otherwise', form: 'ps256' } },
      'its header says RS256, and its signature is one of PS256',
      { usages: BOTH },
    ),
  ],
}

export const section52: readonly Check[] = [empty, mismatch]
