/** RFC 8725 section 3.2: algorithms that are no good. */
import type { Check } from '../../harness/model/check.ts'
import { BOTH, refused } from '../draft.ts'

const weak: Check = {
  id: 'rfc8725/3.2/weak-alg',
  title: 'An algorithm that is too weak, or that nobody knows, is refused',
  section: 'RFC 8725 §3.2; RFC 7518 §3.1',
  level: 'must',
  requirement: 'Only algorithms that are known to be strong may verify anything.',
  usages: BOTH,
  finding: 'algorithm/not-allowed-accepted',
  cases: [
    refused(
      'rs1',
      {
        algorithm: 'RS256',
        header: { alg: 'RS1' },
        defect: { kind: 'signed-otherwise', form: 'rs1' },
      },
      'its header says RS1, and its key signed a hash that has long been broken',
    ),
    refused(
      'unregistered',
      { header: { alg: 'XS256' }, defect: { kind: 'header', member: 'alg' } },
      'there is no algorithm of that name',
    ),
    refused(
      'hs1',
      { header: { alg: 'HS1' }, defect: { kind: 'guessed-secret', secret: '' } },
      'its header says HS1, and its MAC was made with nothing',
    ),
  ],
}

export const section32: readonly Check[] = [weak]
