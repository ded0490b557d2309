/** RFC 7515 section 2: base64url without padding. */
import type { Check } from '../../harness/model/check.ts'
import { BOTH, refused, told } from '../draft.ts'

const padding: Check = {
  id: 'rfc7515/2/b64-padding',
  title: 'A segment that ends in padding is refused',
  section: 'RFC 7515 §2, §5.2; RFC 4648 §3.2',
  level: 'must',
  requirement: 'Segments are base64url without any padding.',
  usages: BOTH,
  finding: 'form/lenient-encoding-accepted',
  cases: [
    refused(
      'header',
      { defect: { kind: 'padded', segment: 'header' } },
      'its header ends in padding, signed over as it stands',
    ),
    refused(
      'payload',
      { defect: { kind: 'padded', segment: 'payload' } },
      'its payload ends in padding, signed over as it stands',
    ),
    refused('signature', { defect: { kind: 'signature-padded' } }, 'its signature ends in padding'),
  ],
}

const trailingBits: Check = {
  id: 'rfc7515/2/b64-trailing-bits',
  title: 'A signature whose last character has spare bits that are not zero',
  section: 'RFC 4648 §3.5; RFC 7515 §2',
  level: 'may',
  requirement: 'A decoder may refuse a text whose spare bits are not zero.',
  usages: BOTH,
  finding: 'form/lenient-encoding-accepted',
  cases: [
    told(
      'last-character',
      { defect: { kind: 'signature-trailing-bits' } },
      'the octets are the same, in other characters',
      { needs: ['es256-key'] },
    ),
  ],
}

export const section2: readonly Check[] = [padding, trailingBits]
