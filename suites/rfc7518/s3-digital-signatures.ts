/** RFC 7518 section 3: what a signature of an algorithm is, and what none is. */
import type { Check } from '../../harness/model/check.ts'
import type { Json } from '../../harness/model/plan.ts'
import { ALL, BOTH, refused, told } from '../draft.ts'

const der: Check = {
  id: 'rfc7518/3.4/es256-der',
  title: 'An ECDSA signature in DER is refused',
  section: 'RFC 7518 §3.4',
  level: 'must',
  requirement: 'An ES256 signature is two numbers of 32 octets side by side, in no other wrapping.',
  usages: ALL,
  finding: 'signature/invalid-accepted',
  cases: [es256('der', { kind: 'signature-der' }, 'its signature is the right one in DER')],
}

const length: Check = {
  id: 'rfc7518/3.4/es256-length',
  title: 'An ECDSA signature of another length is refused',
  section: 'RFC 7518 §3.4',
  level: 'must',
  requirement: 'Both numbers keep their zeros in front; a signature of another length is none.',
  usages: ALL,
  finding: 'signature/invalid-accepted',
  cases: [
    es256(
      'shortened',
      { kind: 'signature-octets', form: 'shortened' },
      'the zero that it begins with was left out',
    ),
    es256(
      'lengthened',
      { kind: 'signature-octets', form: 'lengthened' },
      'an octet stands behind it',
    ),
  ],
}

const zero: Check = {
  id: 'rfc7518/3.4/es256-zero',
  title: 'An ECDSA signature of impossible numbers is refused',
  section: 'RFC 7518 §3.4',
  level: 'must',
  requirement: 'Both numbers of a signature are at least one and below the order of the curve.',
  usages: ALL,
  finding: 'signature/invalid-accepted',
  cases: [
    es256('both-zero', { kind: 'signature-values', form: 'both-zero' }, 'both numbers are zero'),
    es256('r-zero', { kind: 'signature-values', form: 'r-zero' }, 'its first number is zero'),
    es256(
      's-order',
      { kind: 'signature-values', form: 's-order' },
      'its second number is the order itself',
    ),
    es256(
      'swapped',
      { kind: 'signature-values', form: 's-before-r' },
      'its two numbers stand the other way round',
    ),
  ],
}

const highS: Check = {
  id: 'rfc7518/3.4/es256-high-s',
  title: 'An ECDSA signature in its other form',
  section: 'RFC 7518 §3.4',
  level: 'may',
  requirement: 'Of the two forms that verify JOSE prefers neither.',
  usages: ALL,
  finding: 'refusal/valid-refused',
  cases: [
    told('high', { defect: { kind: 'signature-high-s' } }, 'it verifies, in other octets', {
      needs: ['es256-key'],
    }),
  ],
}

const none: Check = {
  id: 'rfc7518/3.6/none',
  title: 'An assertion that is not signed is refused',
  section: 'RFC 7518 §3.6; RFC 8725 §3.2',
  level: 'must',
  requirement:
    'What says that it is not signed must not be taken for signed, however that is spelt.',
  usages: ALL,
  finding: 'algorithm/none-accepted',
  cases: [
    unsigned('none', 'none'),
    unsigned('capitals', 'NONE'),
    unsigned('one-capital', 'None'),
    unsigned('mixed', 'nOnE'),
    refused(
      'with-a-signature',
      { defect: { kind: 'algorithm-none', spelling: 'none', signature: 'kept' } },
      'it says that it is not signed, and has the signature of something else',
    ),
  ],
}

const es512: Check = {
  id: 'rfc7518/3.4/es512-132',
  title: 'An ES512 signature of 132 octets, and of no other number',
  section: 'RFC 7518 §3.4',
  level: 'must',
  requirement: 'Both numbers of an ES512 signature have 66 octets.',
  usages: ALL,
  finding: 'signature/invalid-accepted',
  cases: [
    refused(
      'shortened',
      { algorithm: 'ES512', defect: { kind: 'signature-cut', by: 1 } },
      'its signature has an octet too few',
    ),
  ],
}

const curve: Check = {
  id: 'rfc7518/3.4/curve-mismatch',
  title: 'A signature of a key on another curve is refused',
  section: 'RFC 7518 §3.4; RFC 8725 §3.1',
  level: 'must',
  requirement: 'An algorithm names its curve; a key on another is none for it.',
  usages: BOTH,
  finding: 'signature/invalid-accepted',
  cases: [
    refused(
      'p-384-as-es256',
      {
        algorithm: 'ES384',
        key: 'idle',
        header: { alg: 'ES256' },
        defect: { kind: 'signed-otherwise', form: 'ecdsa-with-sha-256' },
      },
      'its header says ES256, and its key is on P-384',
      { needs: ['idle-key'] },
    ),
  ],
}

export const section3: readonly Check[] = [der, length, zero, highS, es512, curve, none]

function es256(
  name: string,
  defect: { readonly kind: string; readonly [option: string]: Json },
  because: string,
) {
  return refused(name, { defect }, because, { needs: ['es256-key'] })
}

function unsigned(name: string, spelling: string) {
  return refused(
    name,
    { defect: { kind: 'algorithm-none', spelling } },
    `its algorithm is ${spelling}`,
  )
}
