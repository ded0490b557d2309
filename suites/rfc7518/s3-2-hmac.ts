/** RFC 7518 section 3.2: MACs, of clients that have a secret. */
import type { Check } from '../../harness/model/check.ts'
import { CLIENT, refused } from '../draft.ts'

const shortSecret: Check = {
  id: 'rfc7518/3.2/hs-short-key',
  title: 'A MAC of a secret that is shorter than its hash is refused',
  section: 'RFC 7518 §3.2',
  level: 'must',
  requirement: 'A secret is at least as long as the hash it is used with.',
  usages: CLIENT,
  finding: 'algorithm/weak-key-accepted',
  cases: [ofShortSecret('HS256'), ofShortSecret('HS512')],
}

const truncated: Check = {
  id: 'rfc7518/3.2/hs-truncated',
  title: 'A MAC of another length is refused',
  section: 'RFC 7518 §3.2',
  level: 'must',
  requirement: 'A MAC is whole: as long as its hash, and no longer.',
  usages: CLIENT,
  finding: 'signature/invalid-accepted',
  cases: [
    refused(
      'half',
      { algorithm: 'HS256', defect: { kind: 'signature-cut', by: 16 } },
      'half of its MAC is missing',
    ),
  ],
}

export const section32: readonly Check[] = [shortSecret, truncated]

/** By the word of the target file, which marks the key: another secret of that algorithm is long enough. */
function ofShortSecret(algorithm: string) {
  return refused(
    `${algorithm.toLowerCase()}-of-a-short-secret`,
    { algorithm, key: 'weak', defect: { kind: 'idle-key' } },
    'its secret is shorter than the hash',
    { needs: ['weak-key'] },
  )
}
