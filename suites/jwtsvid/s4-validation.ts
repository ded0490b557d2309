/** JWT-SVID sections 4 to 7: how one is verified. */
import type { Check } from '../../harness/model/check.ts'
import { told, TOKEN } from '../draft.ts'

const issuer: Check = {
  id: 'jwtsvid/4/iss-absent',
  title: 'A JWT-SVID need not name an issuer',
  section: 'JWT-SVID §3, §4',
  level: 'may',
  requirement: 'The trust domain says whose key it is; an issuer may be left out.',
  usages: TOKEN,
  finding: 'refusal/valid-refused',
  cases: [
    told('absent', { drop: ['iss'], defect: null }, 'its trust domain stands in its subject', {
      needs: ['spiffe'],
    }),
  ],
}

export const section4: readonly Check[] = [issuer]
