/** FAPI 1.0 Advanced section 8.6: algorithms. */
import type { Check } from '../../harness/model/check.ts'
import { CLIENT, tabled, told, type Row } from '../draft.ts'

const ROWS: readonly Row[] = [
  {
    when: { 'alg.allow': ['PS256', 'ES256'] },
    deserves: 'reject',
    because: 'it is neither PS256 nor ES256',
  },
  { deserves: 'either', because: 'other profiles allow other algorithms' },
]

const algorithms: Check = {
  id: 'fapi1adv/8.6/alg',
  title: 'An algorithm that FAPI 1.0 Advanced does not name is refused',
  section: 'FAPI 1.0 Advanced §8.6',
  level: 'must',
  requirement: 'PS256 and ES256 are the algorithms; RSA with the old padding ought not to be used.',
  usages: CLIENT,
  finding: 'algorithm/not-allowed-accepted',
  cases: [
    ...['ES384', 'EdDSA'].map((algorithm) =>
      tabled(algorithm.toLowerCase(), { algorithm, defect: null }, ROWS),
    ),
    // The section names it once more, and says "should not" of it: who reads that sentence alone takes it still.
    told('rs256', { algorithm: 'RS256', defect: null }, 'of it the section also says “ought not”'),
  ],
}

export const section86: readonly Check[] = [algorithms]
