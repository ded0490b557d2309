/** JWT-SVID section 6: the keys of a trust domain. */
import type { Check } from '../../harness/model/check.ts'
import { refused, TOKEN } from '../draft.ts'

const use: Check = {
  id: 'jwtsvid/6/bundle-use',
  title: 'A key of the bundle that is for something else verifies no JWT-SVID',
  section: 'JWT-SVID §6.1, §6.2',
  level: 'must',
  requirement: 'Only keys that are marked for JWT-SVIDs, and have a name, verify them.',
  usages: TOKEN,
  finding: 'algorithm/not-allowed-accepted',
  cases: [
    refused(
      'x509-key',
      { key: 'idle', defect: { kind: 'idle-key' } },
      'its key is in the bundle, for certificates',
      { needs: ['spiffe', 'idle-key'] },
    ),
  ],
}

export const section6: readonly Check[] = [use]
