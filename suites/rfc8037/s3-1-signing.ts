/** RFC 8037 section 3.1: signatures on Edwards curves. */
import type { Check } from '../../harness/model/check.ts'
import { BOTH, refused, tabled } from '../draft.ts'

const eddsa: Check = {
  id: 'rfc8037/3.1/eddsa',
  title: 'An assertion that is signed with EdDSA, where its party is registered for it',
  section: 'RFC 8037 §3.1; RFC 7518 §3.1',
  level: 'derived',
  requirement: 'What a key is registered for is accepted, unless the profile excludes it.',
  usages: BOTH,
  finding: 'algorithm/not-allowed-accepted',
  cases: [
    tabled('ed25519-key', { algorithm: 'EdDSA', defect: null }, [
      {
        when: { 'alg.allow': 'agreed' },
        deserves: 'accept',
        because: 'its key is registered for EdDSA',
      },
      {
        when: { 'alg.allow': ['PS256', 'ES256', 'EdDSA', 'Ed25519'] },
        deserves: 'accept',
        because: 'the profile has it among its algorithms, and its key is registered for it',
      },
      {
        when: { 'alg.allow': 'open' },
        deserves: 'either',
        because: 'profiles differ in their algorithms',
      },
      { deserves: 'reject', because: 'the profile does not have it among its algorithms' },
    ]),
    tabled('ed448-key', { algorithm: 'Ed448', defect: null }, [
      { deserves: 'either', because: 'few know the curve' },
    ]),
  ],
}

const length: Check = {
  id: 'rfc8037/3.1/eddsa-length',
  title: 'An EdDSA signature of impossible octets is refused',
  section: 'RFC 8037 §3.1; RFC 8032 §5.1.7',
  level: 'must',
  requirement: 'A signature has sixty-four octets, and its second half is below the order.',
  usages: BOTH,
  finding: 'signature/invalid-accepted',
  cases: [
    spoilt('shortened', 'its last octet is missing'),
    spoilt('lengthened', 'an octet stands behind it'),
    spoilt('order-added', 'the order was added to its second half'),
  ],
}

export const section31: readonly Check[] = [eddsa, length]

function spoilt(form: string, because: string) {
  return refused(form, { algorithm: 'EdDSA', defect: { kind: 'eddsa-signature', form } }, because)
}
