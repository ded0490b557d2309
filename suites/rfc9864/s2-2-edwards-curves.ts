/** RFC 9864 section 2.2: names that say the curve too. */
import type { Check } from '../../harness/model/check.ts'
import { BOTH, told } from '../draft.ts'

const named: Check = {
  id: 'rfc9864/2.2/ed25519',
  title: 'An EdDSA signature under the name that says the curve',
  section: 'RFC 9864 §2.2; RFC 8037 §3.1',
  level: 'may',
  requirement: 'Ed25519 is what EdDSA with that curve is called where the name says everything.',
  usages: BOTH,
  finding: 'refusal/valid-refused',
  cases: [
    told(
      'key-registered-as-eddsa',
      { algorithm: 'EdDSA', header: { alg: 'Ed25519' }, defect: { kind: 'header', member: 'alg' } },
      'a server that knows the old name alone may refuse it',
    ),
    told(
      'key-registered-as-ed25519',
      { algorithm: 'Ed25519', defect: null },
      'a server that knows the old name alone may refuse it',
    ),
  ],
}

const mismatch: Check = {
  id: 'rfc9864/2.2/mismatch',
  title: 'A key of one name under the other',
  section: 'RFC 9864 §2.2; RFC 8725 §3.1',
  level: 'may',
  requirement: 'One key is used with one algorithm; whether two names of it are two is argued.',
  usages: BOTH,
  finding: 'algorithm/not-allowed-accepted',
  cases: [
    told(
      'ed25519-as-eddsa',
      { algorithm: 'Ed25519', header: { alg: 'EdDSA' }, defect: { kind: 'header', member: 'alg' } },
      'both names mean the same signature',
    ),
  ],
}

export const section22: readonly Check[] = [named, mismatch]
