/** RFC 7515 section 2: base64url without padding. */
import type { Check } from '../../harness/model/check.ts'
import { ALL, BOTH, refused, tabled, told } from '../draft.ts'

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
  level: 'stated',
  requirement: 'A decoder may refuse a text whose spare bits are not zero.',
  usages: BOTH,
  finding: 'form/lenient-encoding-accepted',
  cases: [
    tabled(
      'last-character',
      { defect: { kind: 'signature-trailing-bits' } },
      [
        {
          when: { 'b64.trailingBits': 'reject' },
          deserves: 'reject',
          because: 'the target says that it refuses them',
        },
        { deserves: 'either', because: 'the octets are the same, in other characters' },
      ],
      { needs: ['es256-key'] },
    ),
  ],
}

const alphabet: Check = {
  id: 'rfc7515/2/b64-alphabet',
  title: 'A signature in the alphabet of plain base64 is refused',
  section: 'RFC 7515 §2; RFC 4648 §3.3, §5',
  level: 'must',
  requirement: 'The alphabet is the one that is safe in addresses; plus and slash are not in it.',
  usages: ALL,
  finding: 'form/lenient-encoding-accepted',
  cases: [
    refused(
      'plus-and-slash',
      { defect: { kind: 'signature-respelt', form: 'standard-alphabet' } },
      'its signature has plus or slash where minus and underscore belong',
    ),
  ],
}

const whitespace: Check = {
  id: 'rfc7515/2/b64-whitespace',
  title: 'A segment with white space in it is refused',
  section: 'RFC 7515 §2, §5.2',
  level: 'must',
  requirement: 'No line break, space or other character stands in a segment.',
  usages: BOTH,
  finding: 'form/lenient-encoding-accepted',
  cases: [
    refused(
      'space-in-the-signature',
      { defect: { kind: 'signature-respelt', form: 'space' } },
      'a space stands in its signature',
    ),
    refused(
      'line-break-in-the-signature',
      { defect: { kind: 'signature-respelt', form: 'line-break' } },
      'a line break stands in its signature',
    ),
    refused(
      'space-in-the-payload',
      { defect: { kind: 'respelt', form: 'space' } },
      'a space stands in its payload, signed over as it stands',
    ),
    refused(
      'line-break-in-the-payload',
      { defect: { kind: 'respelt', form: 'line-break' } },
      'a line break stands in its payload, signed over as it stands',
    ),
    told(
      'line-break-behind',
      { defect: { kind: 'surrounded', before: '', after: '\n' } },
      'a server may trim a parameter before it reads it',
    ),
    told(
      'space-before',
      { defect: { kind: 'surrounded', before: ' ', after: '' } },
      'a server may trim a parameter before it reads it',
    ),
  ],
}

export const section2: readonly Check[] = [padding, trailingBits, alphabet, whitespace]
