/** JWT-SVID section 2: the header. */
import type { Check } from '../../harness/model/check.ts'
import { refused, TOKEN, type Extra } from '../draft.ts'

const SPIFFE: Extra = { needs: ['spiffe'] }

const algorithm: Check = {
  id: 'jwtsvid/2.1/alg',
  title: 'A JWT-SVID of an algorithm that none has is refused',
  section: 'JWT-SVID §2.1, §4',
  level: 'must',
  requirement: 'JWT-SVIDs are signed with RSA or with ECDSA, and with nothing else.',
  usages: TOKEN,
  finding: 'algorithm/not-allowed-accepted',
  cases: [
    refused('none', { defect: { kind: 'algorithm-none' } }, 'it is not signed', SPIFFE),
    refused(
      'hs256',
      {
        header: { alg: 'HS256' },
        defect: { kind: 'public-key-as-secret', form: 'pem' },
      },
      'it has a MAC in place of a signature',
      SPIFFE,
    ),
    refused(
      'eddsa',
      { algorithm: 'EdDSA', defect: { kind: 'svid' } },
      'it is signed with EdDSA',
      SPIFFE,
    ),
  ],
}

export const section21: readonly Check[] = [algorithm]
