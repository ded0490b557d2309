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
  cases: [ofShortKey('fewer-bits', 'RS256'), ofShortKey('fewer-bits-with-a-salt', 'PS256')],
}

export const section33: readonly Check[] = [shortKey]

function ofShortKey(name: string, algorithm: string) {
  return refused(
    name,
    { algorithm, key: 'weak', defect: { kind: 'idle-key' } },
    'its key has fewer bits than any may have',
    { needs: ['weak-key'] },
  )
}
