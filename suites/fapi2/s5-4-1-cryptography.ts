/** FAPI 2.0 Security Profile section 5.4.1: algorithms. */
import type { Check } from '../../harness/model/check.ts'
import { CLIENT, refused, tabled, type Extra, type Row } from '../draft.ts'

const ROWS: readonly Row[] = [
  {
    when: { 'alg.allow': ['PS256', 'ES256', 'EdDSA', 'Ed25519'] },
    deserves: 'reject',
    because: 'it is none of the algorithms that FAPI 2.0 allows',
  },
  { deserves: 'either', because: 'other profiles allow other algorithms' },
]

const algorithms: Check = {
  id: 'fapi2/5.4.1/alg',
  title: 'An algorithm that FAPI 2.0 does not name is refused',
  section: 'FAPI 2.0 Security Profile §5.4.1',
  level: 'must',
  requirement: 'Only PS256, ES256 and EdDSA with Ed25519 may sign.',
  usages: CLIENT,
  finding: 'algorithm/not-allowed-accepted',
  cases: [
    signed('rs256', { algorithm: 'RS256', defect: null }),
    signed('ps512', {
      algorithm: 'PS256',
      header: { alg: 'PS512' },
      defect: { kind: 'signed-otherwise', form: 'ps512' },
    }),
    signed('es384', { algorithm: 'ES384', defect: null }),
    signed('hs256', { algorithm: 'HS256', defect: null }),
    refused('none', { defect: { kind: 'algorithm-none' } }, 'it is not signed'),
  ],
}

const keySize: Check = {
  id: 'fapi2/5.4.1/key-size',
  title: 'A key that is too short is refused',
  section: 'FAPI 2.0 Security Profile §5.4.1',
  level: 'must',
  requirement: 'RSA keys have 2,048 bits or more, keys on curves 224.',
  usages: CLIENT,
  finding: 'algorithm/weak-key-accepted',
  cases: [
    refused(
      'rsa',
      { algorithm: 'PS256', key: 'weak', defect: { kind: 'idle-key' } },
      'its key has fewer bits than any may have',
      { needs: ['weak-key'] },
    ),
  ],
}

export const section541: readonly Check[] = [algorithms, keySize]

function signed(name: string, change: Parameters<typeof tabled>[1], extra: Extra = {}) {
  return tabled(name, change, ROWS, extra)
}
